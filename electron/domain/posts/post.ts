import type { Brand } from '../kernel/brand.ts';

/** A post: what somebody is responsible for. A community has one monitoring room, and further posts (gatehouses, patrols) as it needs them. */
export type PostId = Brand<string, 'PostId'>;

/** Marks a decoded string as a post's id. */
export const postId = (value: string): PostId => value as PostId;

/** Calls for help, alarms and their ladder are this post's: others help with them, and do not answer for them. */
export const monitoringRoom = postId('monitoringRoom');
