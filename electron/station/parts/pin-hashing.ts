/** New PINs are hashed before the transaction that keeps them: it takes its time, on purpose. */
import type { Command } from '../../contract/commands.schema.ts';
import type { Refusal } from '../../domain/kernel/machine.ts';
import { refusesPin } from '../../domain/people/pin.rules.ts';
import { nothingPrepared, type Preparation } from '../core/handler.ts';
import type { RowReader } from '../core/table.ts';
import type { StationDeps } from '../core/station-deps.ts';
import { makeRecoveryCode, normaliseRecoveryCode } from './recovery-code.ts';
import { personSecretRows } from './rows.ts';

/** What is kept of a person's PIN, or `null`. */
export const storedPinCipher = (rows: Pick<RowReader, 'row'>, personId: string | null): string | null =>
  personId === null ? null : (personSecretRows.get(rows, personId)?.pinCipher ?? null);

const pinIn = (command: Command): string | null => ('pin' in command ? command.pin : null);
const personIn = (command: Command): string | null => (command.type === 'addPerson' ? command.personId : null);

/** A PIN that everybody tries first is refused. */
const refusal = (command: Command): Refusal | null => {
  const pin = pinIn(command);
  return pin === null ? null : refusesPin(pin);
};

/** `forPerson`: a new PIN, unless it is the one there is. `founding`: that of the first manager, and the recovery code. */
export const pinHashing = ({
  pins,
  secrets,
  ids,
}: Pick<StationDeps, 'pins' | 'secrets' | 'ids'>): {
  readonly forPerson: Preparation;
  readonly founding: Preparation;
} => ({
  forPerson: {
    begin: async (rows, command) => {
      const pin = pinIn(command);
      if (pin === null) return nothingPrepared;
      const cipher = storedPinCipher(rows, personIn(command));
      const stored = cipher === null ? null : secrets.decrypt(cipher);
      if (stored !== null && (await pins.verify(pin, stored))) return { ...nothingPrepared, comparedWith: cipher };
      return { ...nothingPrepared, pinCipher: secrets.encrypt(await pins.hash(pin)) };
    },
    isOutrun: (rows, command, { comparedWith }) =>
      comparedWith !== null && storedPinCipher(rows, personIn(command)) !== comparedWith,
    refusal,
  },
  founding: {
    begin: async (_rows, command) => {
      const code = makeRecoveryCode(ids.hash(ids.token()));
      return {
        ...nothingPrepared,
        pinCipher: secrets.encrypt(await pins.hash(pinIn(command) ?? '')),
        recovery: { code, hash: await pins.hash(normaliseRecoveryCode(code)) },
      };
    },
    isOutrun: () => false,
    refusal,
  },
});
