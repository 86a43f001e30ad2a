import { writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

/** What a run came to; `npm test` adds the other checks and prints the closing line. */
export interface RunSummary {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
  readonly broken: readonly string[];
}

const summarise = (modules: readonly TestModule[], unhandled: readonly unknown[]): RunSummary => {
  const skipped: { name: string; reason: string }[] = [];
  const broken: string[] = [];
  let passed = 0;
  let failed = 0;
  for (const module of modules) {
    // A file that could not be loaded has no tests to fail: it counts as one failure of its own.
    if (module.errors().length > 0) broken.push(module.relativeModuleId);
    for (const test of module.children.allTests()) {
      const result = test.result();
      if (result.state === 'passed') passed += 1;
      else if (result.state === 'failed') failed += 1;
      else
        skipped.push({
          name: `${module.relativeModuleId} > ${test.fullName}`,
          reason: ('note' in result && result.note) || 'no reason given',
        });
    }
  }
  if (unhandled.length > 0) broken.push(`${unhandled.length} errors outside any test`);
  return { passed, failed: failed + broken.length, skipped, broken };
};

/** Writes the summary to the file that `GUARDROOM_SUMMARY` names. */
export default class ClosingReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const file = process.env['GUARDROOM_SUMMARY'];
    if (file !== undefined) writeFileSync(file, JSON.stringify(summarise(modules, unhandled)));
  }
}
