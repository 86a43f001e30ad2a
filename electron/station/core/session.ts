/** A session as a connected seat holds it. */
export interface Session {
  readonly personId: string;
  readonly tokenHash: string;
}
