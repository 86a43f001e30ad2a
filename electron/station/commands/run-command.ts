import type { CommandOf, CommandType } from '../../contract/commands.schema.ts';
import type { JsonObject } from '../../domain/kernel/json.ts';
import { deviceHandlers } from './device.commands.ts';
import { dutyHandlers } from './duty.commands.ts';
import { eventHandlers } from './event.commands.ts';
import { gateHandlers } from './gate.commands.ts';
import type { CommandScope, Handler, Handlers } from './handler.ts';
import { removalHandlers } from './removal.commands.ts';
import { setupHandlers } from './setup.commands.ts';

const handlers: Handlers<CommandType> = {
  ...setupHandlers,
  ...deviceHandlers,
  ...dutyHandlers,
  ...eventHandlers,
  ...gateHandlers,
  ...removalHandlers,
};

const handlerOf = <T extends CommandType>(type: T): Handler<T> => handlers[type];

/** Does the command inside the running transaction. Throws `Refused`; then the transaction must be taken back. */
export const runCommand = <T extends CommandType>(
  scope: CommandScope,
  command: CommandOf<T> & { readonly type: T },
): JsonObject => handlerOf<T>(command.type)(scope, command);
