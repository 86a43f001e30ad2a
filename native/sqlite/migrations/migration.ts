/** One step of the schema: brings a database of `version - 1` to `version`. Never changed after a release; one per file. */
export interface Migration {
  /** Stored in SQLite's `user_version`: 1, 2, 3 … without a gap. */
  readonly version: number;
  readonly sql: string;
}
