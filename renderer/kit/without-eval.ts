/** Zod compiles its parsers with `new Function` where it may; the page's policy forbids that, and even trying is reported as a
 * violation. This module is imported before any schema is made. */
import { z } from 'zod';

z.config({ jitless: true });
