import { effect } from '../kernel/effects.ts';

/** After the commit: the station's own sounder. `source` keeps several reasons apart; it sounds while any is left. */
type SirenReason = { readonly source: string };

export const sirenEffects = { startSiren: effect<SirenReason>(), stopSiren: effect<SirenReason>() };
