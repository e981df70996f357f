import { closestName } from './closest-name';
import type { Problems } from './problems';
import type { Environment } from './read-settings';
import type { Kind } from './setting-kinds';
import { isSensitiveKey, type KeyTable } from './yaml-keys';
import type { YamlEntry, YamlMap, YamlNode } from './yaml-tree';

/** YAML without lines: numbers and booleans as the text they were written as. */
export type PlainValue = string | null | readonly PlainValue[] | { readonly [key: string]: PlainValue };

const REFERENCE = /^os\.environ\/(.+)$/;

/** What reading a map needs besides the map. */
export interface YamlContext {
  readonly environment: Environment;
  readonly problems: Problems;
  /** Gathers the variables that the file refers to, which are then no misspelt settings. */
  readonly referredNames: Set<string>;
}

/** Reads one map of the file, naming the line and the path of whatever is wrong with it. */
export class YamlReader {
  constructor(
    readonly map: YamlMap,
    readonly path: string,
    readonly context: YamlContext,
  ) {}

  /** Warns of keys without effect, and refuses unknown ones that may have been meant for money, access or limits. */
  checkKeys(known: KeyTable, isKnown: (key: string) => boolean = () => false): void {
    const { problems } = this.context;
    for (const [key, { line }] of this.map.entries) {
      const status = known.get(key);
      const name = this.nameOf(key);
      if (status === 'PLANNED') {
        problems.warn(`line ${line}: ${name} is not supported yet and has no effect.`);
      }
      if (status !== undefined || isKnown(key)) continue;
      const suggestion = closestName(key, known.keys());
      const hint = suggestion === undefined ? '' : ` Did you mean ${suggestion}?`;
      const message = `line ${line}: ${name} is not a known setting.${hint}`;
      const mayMatter =
        isSensitiveKey(key) ||
        (suggestion !== undefined && (isSensitiveKey(suggestion) || known.get(suggestion) === 'SUPPORTED'));
      if (mayMatter) problems.error(message);
      else problems.warn(`${message} It is ignored.`);
    }
  }

  /** The value read as the kind says; null if it is absent, empty or wrong (which is then a problem). */
  read<T>(key: string, kind: Kind<T>): T | null {
    const text = this.text(key);
    if (text === null) return null;
    const parsed = kind.parse(text);
    if (parsed.ok) return parsed.value;
    this.error(key, parsed.error);
    return null;
  }

  /** The scalar as written, references to the environment resolved. */
  text(key: string): string | null {
    const entry = this.map.entries.get(key);
    if (entry === undefined) return null;
    if (entry.value.kind === 'scalar') return this.resolve(entry.value.text, key, entry);
    this.error(key, 'must be a single value');
    return null;
  }

  /** The map under the key; an absent one has no keys. */
  section(key: string): YamlReader {
    const value = this.map.entries.get(key)?.value;
    const nothing: YamlMap = { kind: 'map', line: this.lineOf(key), entries: new Map() };
    const isAbsent = value === undefined || (value.kind === 'scalar' && value.text === null);
    if (!isAbsent && value.kind !== 'map') this.error(key, 'must be a map of settings');
    return new YamlReader(value?.kind === 'map' ? value : nothing, this.nameOf(key), this.context);
  }

  sections(key: string): YamlReader[] {
    const value = this.map.entries.get(key)?.value;
    if (value === undefined || (value.kind === 'scalar' && value.text === null)) return [];
    if (value.kind !== 'list') {
      this.error(key, 'must be a list');
      return [];
    }
    return value.items.flatMap((item, index) => {
      const path = `${this.nameOf(key)}[${index}]`;
      if (item.kind === 'map') return [new YamlReader(item, path, this.context)];
      this.context.problems.error(`line ${item.line}: ${path} must be a map of settings.`);
      return [];
    });
  }

  plain(key: string): PlainValue {
    const entry = this.map.entries.get(key);
    return entry === undefined ? null : this.toPlain(entry.value, key, entry);
  }

  keys(): string[] {
    return [...this.map.entries.keys()];
  }

  lineOf(key: string): number {
    return this.map.entries.get(key)?.line ?? this.map.line;
  }

  /** Reports a problem with a key of this map. `message` continues "path.key …". */
  error(key: string, message: string): void {
    const end = message.endsWith('?') ? '' : '.';
    this.context.problems.error(`line ${this.lineOf(key)}: ${this.nameOf(key)} ${message}${end}`);
  }

  nameOf(key: string): string {
    return this.path === '' ? key : `${this.path}.${key}`;
  }

  private toPlain(node: YamlNode, key: string, entry: YamlEntry): PlainValue {
    if (node.kind === 'scalar') return this.resolve(node.text, key, entry);
    if (node.kind === 'list') return node.items.map((item) => this.toPlain(item, key, entry));
    return Object.fromEntries(
      [...node.entries].map(([name, { value }]) => [name, this.toPlain(value, key, entry)]),
    );
  }

  private resolve(text: string | null, key: string, entry: YamlEntry): string | null {
    const name = REFERENCE.exec(text ?? '')?.[1]?.trim();
    if (name === undefined) return text;
    this.context.referredNames.add(name);
    const value = this.context.environment[name] ?? '';
    if (value !== '') return value;
    this.context.problems.error(
      `line ${entry.line}: ${this.nameOf(key)} refers to the environment variable ${name}, which is not set.`,
    );
    return null;
  }
}
