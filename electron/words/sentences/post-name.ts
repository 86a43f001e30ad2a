import type { PostId } from '../../domain/posts/post.ts';
import type { Language as AnyLanguage } from '../kernel/words.ts';
import type { TextKey } from '../texts.ts';

/** What a post is called; one without a word of its own by its id. */
export const postName = (postId: PostId, { either }: Pick<AnyLanguage<TextKey>, 'either'>): string =>
  either(`post.${postId}`, postId);
