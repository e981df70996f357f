import { useState, type ReactNode } from 'react';
import type { BudgetFragment } from '../generated/operations';
import { TreeRow } from './tree-row';

interface BranchProps {
  readonly level: number;
  readonly name: string;
  readonly kind: string;
  readonly limits: readonly BudgetFragment[] | null;
  readonly onOpen: (limitId: string) => void;
  /** Called, and so asked for, only once it is opened. */
  readonly children: () => ReactNode;
  readonly isOpenAtFirst?: boolean;
}

/** A row that opens to show those beneath it. */
export function Branch({ children, isOpenAtFirst = false, ...row }: BranchProps) {
  const [isOpen, setIsOpen] = useState(isOpenAtFirst);
  return (
    <>
      <TreeRow {...row} isOpen={isOpen} onToggle={() => setIsOpen(!isOpen)} />
      {isOpen && children()}
    </>
  );
}
