import { pages } from '../../../contract/pages/pages.contract.ts';
import { wayTo } from '../../../contract/views.schema.ts';
import { err, ok } from '../../../domain/kernel/result.ts';
import { defineFeature } from '../../core/define-feature.ts';
import { refusalOf } from '../../core/handler.ts';

/** Rows that no seat keeps, asked for page by page. */
export const pagesFeature = defineFeature({
  contract: pages,
  collections: {},
  commands: {},
  serve: ({ deps, maySee, shownTo }) => ({
    asks: {
      page: async ({ standing }, { collection, beforeKey, limit }) => {
        if (wayTo(collection).way !== 'query' || !maySee(standing(), collection))
          return err(refusalOf('notFound', { kind: collection }));
        // One more than asked for tells whether there are older ones.
        const found = deps.journal.rowsBefore(collection, beforeKey, limit + 1);
        const rows = found.slice(0, limit).map(({ key, doc }) => ({ key, doc: shownTo(standing(), collection, doc) }));
        return ok({ rows, more: found.length > limit });
      },
    },
  }),
});
