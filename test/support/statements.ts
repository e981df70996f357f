import type { DataSource } from 'typeorm';

/** Notes every SQL statement that TypeORM sends until `stop`, which returns them in order. */
export function countStatements(db: DataSource): { stop(): string[] } {
  const statements: string[] = [];
  const spy = jest
    .spyOn(db.logger, 'logQuery')
    .mockImplementation((statement: string) => void statements.push(statement));
  return {
    stop: () => {
      spy.mockRestore();
      return statements;
    },
  };
}
