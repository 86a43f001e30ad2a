/** Exit status 0 and the path where the journeys find a Chromium, else 1. */
import { findChromium } from '../../tests/support/chromium.ts';

const found = findChromium();
if (found === null) process.exitCode = 1;
else console.log(found);
