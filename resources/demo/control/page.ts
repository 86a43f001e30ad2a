/** The control page: one plain document without outside resources, in Chinese and English side by side. */
import { barrierFaults } from '../devices/barrier.ts';
import { cameraFaults } from '../devices/camera.ts';
import { type BilingualText, demoCommunity } from '../community/community.ts';

const both = (text: BilingualText): string => `${text.zh} <small>${text.en}</small>`;

const button = (action: string, body: unknown, text: BilingualText): string =>
  `<button data-action="${action}" data-body='${JSON.stringify(body)}'>${both(text)}</button>`;

const faultNames: Readonly<Record<(typeof cameraFaults)[number] | (typeof barrierFaults)[number], BilingualText>> = {
  none: { zh: '恢复正常', en: 'back to normal' },
  stall: { zh: '画面停住', en: 'picture stops' },
  refuse: { zh: '拒绝连接', en: 'refuses connections' },
  unplug: { zh: '断电', en: 'unplugged' },
  'reject-credentials': { zh: '密码失效', en: 'password no longer right' },
  stuck: { zh: '收到但不动', en: 'accepts, does not move' },
  'no-power': { zh: '没有电', en: 'without power' },
  silent: { zh: '不回答', en: 'no answer' },
  'stops-midway': { zh: '停在半路', en: 'stops midway' },
};

/** The page for the cameras of this run. */
export const controlPage = (
  cameras: readonly { readonly id: string; readonly name: BilingualText }[],
): string => `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>演示小区控制台 · Demo community control</title>
<style>
body{font:18px/1.5 system-ui,sans-serif;margin:24px auto;max-width:1100px;padding:0 16px;background:#12161c;color:#e8ecf1}
h1{font-size:26px}h2{font-size:20px;margin:28px 0 8px}small{opacity:.75;font-size:15px}
button{font:inherit;min-height:48px;margin:4px;padding:8px 16px;border-radius:8px;border:1px solid #5b6878;background:#232b36;color:inherit;cursor:pointer}
button.help{background:#8e1b1b;border-color:#d65a5a;min-height:64px;font-size:20px}button:focus-visible{outline:3px solid #7fc4ff}
table{border-collapse:collapse;width:100%}td{border-top:1px solid #2c3542;padding:4px}pre{white-space:pre-wrap;background:#0b0e12;padding:12px;border-radius:8px}
</style></head><body>
<h1>演示小区控制台 <small>Demo community control</small></h1>
<p>这里模拟现场发生的事；不是值守台。<br><small>This makes things happen in the simulated community; it is not the duty desk.</small></p>
<p id="said" role="status"></p>
<h2>求助按钮 <small>Help buttons</small></h2>
<div>${demoCommunity.helpPoints.map((one) => button('press', { residence: one.residence }, { zh: `按下 ${one.residence} 的求助按钮`, en: `press the help button of ${one.residence}` }).replace('<button', '<button class="help"')).join('')}</div>
<div>${demoCommunity.helpPoints.map((one) => button('restore', { residence: one.residence }, { zh: `${one.residence} 复位`, en: 'put back' })).join('')}
${button('silencePanel', { silent: true }, { zh: '主机断线', en: 'panel falls silent' })}${button('silencePanel', { silent: false }, { zh: '主机恢复', en: 'panel returns' })}</div>
<h2>${both(demoCommunity.gate.name)} · 道闸 <small>barrier</small></h2>
<div>${button('pulse', { direction: 'open' }, { zh: '现场手动抬杆', en: 'raise by hand switch' })}${button('pulse', { direction: 'close' }, { zh: '现场手动落杆', en: 'lower by hand switch' })}
${barrierFaults.map((fault) => button('barrierFault', { fault }, faultNames[fault])).join('')}</div>
<h2>摄像头 <small>Cameras</small></h2>
<table>${cameras.map((one) => `<tr><td>${both(one.name)}</td><td>${cameraFaults.map((fault) => button('cameraFault', { camera: one.id, fault }, faultNames[fault])).join('')}${button('dropCamera', { camera: one.id }, { zh: '断一次', en: 'drop once' })}${button('motion', { camera: one.id, on: true }, { zh: '有人走动', en: 'motion' })}${button('motion', { camera: one.id, on: false }, { zh: '没人走动', en: 'no motion' })}${button('tamper', { camera: one.id, on: true }, { zh: '被遮挡', en: 'covered' })}${button('tamper', { camera: one.id, on: false }, { zh: '不再遮挡', en: 'uncovered' })}</td></tr>`).join('')}</table>
<h2>现状 <small>State</small></h2><pre id="state"></pre>
<script>
const said = document.getElementById('said');
const show = async () => { document.getElementById('state').textContent = JSON.stringify(await (await fetch('/api/state')).json(), null, 1); };
addEventListener('click', async (event) => {
  const button = event.target.closest('button');
  if (!button) return;
  const answer = await fetch('/api/' + button.dataset.action, { method: 'POST', headers: { 'content-type': 'application/json' }, body: button.dataset.body });
  const outcome = await answer.json();
  said.textContent = button.textContent + (outcome.ok ? ' ✓' : ' ✗ ' + outcome.detail);
  show();
});
show();
setInterval(show, 3000);
</script></body></html>`;
