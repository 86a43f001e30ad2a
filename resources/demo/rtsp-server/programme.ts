/** What a stream shows when: a loop by the clock, or the gate, whose arm is where the barrier has it. */
import type { DemoLanguage } from '../community/community.ts';
import { type Clip, gateClips, picturesPerSecond, travelGroupFrames, travelMs } from '../pictures/clips.ts';
import { type ClipFrames, type PackedFrame, readClip } from './clip-frames.ts';

export interface Programme {
  readonly clip: ClipFrames;
  /** The picture with the running number `n`; called once for each number that is sent, in order. */
  next(n: number): PackedFrame;
}

/** What the arm does, as the gate's camera must show it; `position` 0 (lying) to 1 (standing). */
export interface ArmView {
  readonly doing: 'closed' | 'opening' | 'open' | 'closing' | 'halfway';
  readonly position: number;
  /** Changes whenever the arm begins something else. */
  readonly change: number;
}

const frameOf = (clip: ClipFrames, index: number): PackedFrame => {
  const frame = clip.frames[index];
  if (!frame) throw new Error(`a clip of ${clip.frames.length} pictures has none with number ${index}`);
  return frame;
};

/** A loop; all who watch see the same place of it. `shift` puts the key frames of different cameras at different moments. */
export const loopProgramme = (
  clip: Clip,
  quality: 'main' | 'sub',
  language: DemoLanguage,
  shift: number,
): Programme => {
  const frames = readClip(clip, quality, language);
  return { clip: frames, next: (n) => frameOf(frames, (n + shift) % frames.frames.length) };
};

/** The gate: a change of the arm starts another clip at a key frame, at once. */
export const gateProgramme = (quality: 'main' | 'sub', language: DemoLanguage, arm: () => ArmView): Programme => {
  const clips = Object.fromEntries(
    Object.entries(gateClips).map(([doing, clip]) => [doing, readClip(clip, quality, language)]),
  );
  const clipOf = (doing: ArmView['doing']): ClipFrames => clips[doing] ?? readClip(gateClips[doing], quality, language);
  let shown: { change: number; doing: ArmView['doing']; index: number } | undefined;
  let last = -2;
  const begin = (view: ArmView): number => {
    if (view.doing !== 'opening' && view.doing !== 'closing') return 0;
    const done = view.doing === 'opening' ? view.position : 1 - view.position;
    const frames = (done * travelMs * picturesPerSecond) / 1000;
    return Math.min(
      clipOf(view.doing).frames.length - travelGroupFrames,
      Math.floor(frames / travelGroupFrames) * travelGroupFrames,
    );
  };
  return {
    clip: clipOf('closed'),
    next: (n) => {
      const view = arm();
      // After a pause nobody watched, the index is stale: begin again at a key frame.
      if (shown?.change !== view.change || n !== last + 1)
        shown = { change: view.change, doing: view.doing, index: begin(view) };
      else {
        shown.index += 1;
        if (shown.index >= clipOf(shown.doing).frames.length) {
          const rest = shown.doing === 'opening' ? 'open' : shown.doing === 'closing' ? 'closed' : shown.doing;
          shown = { change: view.change, doing: rest, index: 0 };
        }
      }
      last = n;
      return frameOf(clipOf(shown.doing), shown.index);
    },
  };
};
