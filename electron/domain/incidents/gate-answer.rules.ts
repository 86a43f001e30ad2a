/** What may be said of a gate in a call for help: nobody says that it is open, or closed again, before it was seen so. */
import { seenOpen } from '../barriers/arm.rules.ts';

type Gate = Parameters<typeof seenOpen>[0];

const seenClosed = ({ position, positionSource, positionAt }: Gate, sinceMs: number): boolean =>
  position === 'closed' && positionSource !== null && (positionSource !== 'person' || positionAt >= sinceMs);

/**
 * Whether this answer is borne out by what was seen of the gates since the call came (`sinceMs`). Every other answer is; and where no gate is
 * set up, nobody but the person knows.
 */
export const gateBearsOut = (step: string, answer: string, gates: readonly Gate[], sinceMs: number): boolean => {
  if (gates.length === 0) return true;
  if (step === 'openGate' && answer === 'opened') return gates.some((gate) => seenOpen(gate, sinceMs));
  return step !== 'closeGate' || answer !== 'closed' || gates.every((gate) => seenClosed(gate, sinceMs));
};
