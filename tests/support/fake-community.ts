/** The rows of the fake station's community, and what commands do to them: enough to lead a seat through every screen. */
import type { Answer, Command } from '../../electron/contract/commands.schema.ts';
import type { Query, RowChange } from '../../electron/contract/messages.schema.ts';
import {
  collectionNames,
  type CollectionName,
  type IncidentView,
  type Views,
} from '../../electron/contract/views.schema.ts';
import type { JsonObject } from '../../electron/domain/kernel/json.ts';
import {
  allowedResolutions,
  asked,
  currentStep,
  stepOf,
  withAnswer,
  withBack,
} from '../../electron/domain/incidents/procedure.rules.ts';
import { seedCommunity } from './fake-seed.ts';

/** Everybody's PIN. */
export const FAKE_PIN = '2580';

type Store = { readonly [N in CollectionName]: Map<string, Views[N]> };

export interface FakeCommunity {
  readonly get: <N extends CollectionName>(collection: N, key: string) => Views[N] | undefined;
  readonly put: <N extends CollectionName>(collection: N, key: string, doc: Views[N] | null) => void;
  readonly rows: () => RowChange[];
  readonly run: (command: Command, actor: string | null, next: () => number) => Answer;
  readonly query: (query: Query) => JsonObject | null;
  /** The help button of 3-1-502 is pressed. */
  readonly press: () => void;
  /** The gate's sensor sees the arm there. */
  readonly armSeen: (position: 'open' | 'closed' | 'moving' | 'unknown') => void;
  readonly write: (type: string, kind: string, entityId: string, actor: string, body?: JsonObject) => void;
}

const emptyStore = (): Store => ({
  community: new Map(),
  people: new Map(),
  cameras: new Map(),
  barriers: new Map(),
  helpPoints: new Map(),
  contacts: new Map(),
  alarms: new Map(),
  incidents: new Map(),
  visits: new Map(),
  shift: new Map(),
  roster: new Map(),
  log: new Map(),
});

const asJson = (value: unknown): JsonObject => JSON.parse(JSON.stringify(value)) as JsonObject;

/** What the seat is shown of an incident after its steps changed. */
const withSteps = (incident: IncidentView, steps: IncidentView['steps']): IncidentView => {
  const current = currentStep(steps);
  return {
    ...incident,
    steps,
    currentStep:
      current === null
        ? null
        : { step: current.step, answers: stepOf('help', current.step).answers.map(({ answer }) => answer) },
    stepsToCome: current === null ? 0 : Math.max(0, 4 - steps.length),
    mayResolve: allowedResolutions('help', steps).length > 0,
    allowedResolutions: [...new Set(allowedResolutions('help', steps))],
    phoneListOpen: steps.some((given, index) => index >= steps.length - 2 && given.answer === 'unsure'),
  };
};

export const createFakeCommunity = (nowMs: () => number, tell: (rows: readonly RowChange[]) => void): FakeCommunity => {
  const store = emptyStore();
  let lines = 0;
  let made = 0;
  const put: FakeCommunity['put'] = (collection, key, doc) => {
    if (doc === null) store[collection].delete(key);
    else store[collection].set(key, doc);
    tell([{ collection, key, doc: doc === null ? null : asJson(doc) }]);
  };
  const write: FakeCommunity['write'] = (type, kind, entityId, actor, body = {}) => {
    lines += 1;
    const at = nowMs();
    put('log', String(lines).padStart(12, '0'), {
      seq: lines,
      type,
      kind,
      entityId,
      at,
      recordedAt: at,
      actor,
      seat: null,
      shiftNumber: 1,
      body,
      managerNotes: [],
    });
  };
  seedCommunity({ nowMs, put, write });

  const press = (): void => {
    made += 1;
    const alarmId = `alarm-${made}`;
    const incidentId = `incident-${made}`;
    const at = nowMs();
    put(
      'incidents',
      incidentId,
      withSteps(
        {
          incidentId,
          kind: 'help',
          alarmId,
          sourceId: 'help-502',
          openedAt: at,
          claimedBy: null,
          claimedAt: null,
          steps: [],
          currentStep: null,
          stepsToCome: 4,
          mayResolve: false,
          allowedResolutions: [],
          phoneListOpen: false,
          calls: [],
          work: 'open',
          escalation: 'waiting',
          escalatesAt: at + 60_000,
          parkedUntil: null,
          parkReason: null,
          resolution: null,
          resolvedAt: null,
          resolvedBy: null,
          resolutionNote: null,
          reviewedAt: null,
          reviewedBy: null,
          reviewNote: null,
          cameraIds: ['cam-3', 'cam-4'],
        },
        [asked('reach', at)],
      ),
    );
    put('alarms', alarmId, {
      alarmId,
      cause: 'helpButton',
      priority: 'life',
      sourceId: 'help-502',
      raisedAt: at,
      occurrences: 1,
      lastReportAt: at,
      clearedAt: null,
      acknowledgedAt: null,
      acknowledgedBy: null,
      incidentId,
      active: true,
      acknowledged: false,
      cameraIds: ['cam-3', 'cam-4'],
    });
    write('v1.AlarmRaised', 'alarm', alarmId, 'device:help-502', {
      cause: 'helpButton',
      priority: 'life',
      sourceId: 'help-502',
    });
    write('v1.IncidentOpened', 'incident', incidentId, 'station', { sourceId: 'help-502' });
  };

  const armSeen: FakeCommunity['armSeen'] = (position) => {
    const barrier = store.barriers.get('gate-north');
    if (barrier === undefined) return;
    const at = nowMs();
    const reached =
      (position === 'open' && barrier.command?.motion === 'open') ||
      (position === 'closed' && barrier.command?.motion === 'close');
    put('barriers', 'gate-north', {
      ...barrier,
      position,
      positionAt: at,
      positionSource: position === 'unknown' ? null : 'sensor',
      positionBy: null,
      ...(reached && barrier.command !== null
        ? { commandState: 'confirmed' as const, command: { ...barrier.command, confirmedAt: at } }
        : {}),
    });
    write('v1.BarrierPositionReported', 'barrier', 'gate-north', 'device:gate-north', { position, source: 'sensor' });
  };

  const run: FakeCommunity['run'] = (command, actor, next) => {
    const done = (value: JsonObject = {}): Answer => ({ ok: true, seq: next(), value });
    const no = (kind: string): Answer => ({ ok: false, refusal: { kind } });
    if (actor === null) return no('notSignedIn');
    const at = nowMs();
    const incidentOf = (id: string): IncidentView | undefined => store.incidents.get(id);
    const shift = store.shift.get('monitoringRoom');
    switch (command.type) {
      case 'claimIncident': {
        const incident = incidentOf(command.incidentId);
        const alarm = incident === undefined ? undefined : store.alarms.get(incident.alarmId);
        if (incident === undefined || alarm === undefined) return no('notFound');
        put('incidents', command.incidentId, {
          ...incident,
          work: 'claimed',
          claimedBy: actor,
          claimedAt: at,
          escalation: 'attended',
          escalatesAt: at + 300_000,
        });
        put('alarms', alarm.alarmId, { ...alarm, acknowledged: true, acknowledgedAt: at, acknowledgedBy: actor });
        write('v1.IncidentClaimed', 'incident', command.incidentId, actor, { by: actor });
        return done();
      }
      case 'answerStep': {
        const incident = incidentOf(command.incidentId);
        if (incident === undefined || currentStep(incident.steps)?.step !== command.step) return no('notCurrentStep');
        const steps = [...withAnswer('help', incident.steps, { answer: command.answer, at, by: actor })];
        put('incidents', command.incidentId, {
          ...withSteps(incident, steps),
          work: 'inProgress',
          escalatesAt: at + 300_000,
        });
        write('v1.StepAnswered', 'incident', command.incidentId, actor, {
          step: command.step,
          answer: command.answer,
          by: actor,
        });
        return done();
      }
      case 'stepBack': {
        const incident = incidentOf(command.incidentId);
        if (incident === undefined) return no('notFound');
        put('incidents', command.incidentId, withSteps(incident, [...withBack(incident.steps, command.step, at)]));
        return done();
      }
      case 'parkIncident': {
        const incident = incidentOf(command.incidentId);
        if (incident === undefined) return no('notFound');
        put('incidents', command.incidentId, {
          ...incident,
          work: 'parked',
          parkedUntil: command.untilMs,
          parkReason: command.reason,
          escalatesAt: command.untilMs,
        });
        return done();
      }
      case 'resumeIncident': {
        const incident = incidentOf(command.incidentId);
        if (incident === undefined) return no('notFound');
        put('incidents', command.incidentId, { ...incident, work: 'inProgress', parkedUntil: null, parkReason: null });
        return done();
      }
      case 'recordCall': {
        const incident = incidentOf(command.incidentId);
        if (incident === undefined) return no('notFound');
        put('incidents', command.incidentId, {
          ...incident,
          calls: [...incident.calls, { contactId: command.contactId, outcome: command.outcome, at, by: actor }],
        });
        write('v1.CallRecorded', 'incident', command.incidentId, actor, {
          contactId: command.contactId,
          outcome: command.outcome,
          by: actor,
        });
        return done();
      }
      case 'resolveIncident': {
        const incident = incidentOf(command.incidentId);
        if (incident === undefined) return no('notFound');
        put('incidents', command.incidentId, {
          ...incident,
          work: 'resolved',
          escalation: 'ended',
          escalatesAt: null,
          resolution: command.resolution,
          resolvedAt: at,
          resolvedBy: actor,
          resolutionNote: command.note,
        });
        put('alarms', incident.alarmId, null);
        write('v1.IncidentResolved', 'incident', command.incidentId, actor, {
          resolution: command.resolution,
          by: actor,
        });
        return done();
      }
      case 'reviewIncident': {
        const incident = incidentOf(command.incidentId);
        if (incident === undefined) return no('notFound');
        put('incidents', command.incidentId, {
          ...incident,
          work: 'reviewed',
          reviewedAt: at,
          reviewedBy: actor,
          reviewNote: command.note,
        });
        return done();
      }
      case 'acknowledgeAlarm': {
        const alarm = store.alarms.get(command.alarmId);
        if (alarm === undefined) return no('notFound');
        put('alarms', command.alarmId, { ...alarm, acknowledged: true, acknowledgedAt: at, acknowledgedBy: actor });
        return done();
      }
      case 'openBarrier':
      case 'closeBarrier': {
        const barrier = store.barriers.get(command.barrierId);
        if (barrier === undefined) return no('notFound');
        const motion = command.type === 'openBarrier' ? ('open' as const) : ('close' as const);
        put('barriers', command.barrierId, {
          ...barrier,
          commandState: 'accepted',
          command: {
            motionId: command.id,
            motion,
            reason: command.reason,
            reasonNote: command.note,
            by: actor,
            givenAt: at,
            sentAt: at,
            acceptedAt: at + 120,
            confirmedAt: null,
            fault: null,
          },
        });
        write('v1.BarrierCommanded', 'barrier', command.barrierId, actor, {
          motion,
          reason: command.reason,
          by: actor,
        });
        return done();
      }
      case 'confirmBarrier': {
        const barrier = store.barriers.get(command.barrierId);
        if (barrier === undefined) return no('notFound');
        put('barriers', command.barrierId, {
          ...barrier,
          position: command.position,
          positionAt: at,
          positionSource: 'person',
          positionBy: actor,
          commandState: 'idle',
        });
        write('v1.BarrierPositionConfirmed', 'barrier', command.barrierId, actor, {
          position: command.position,
          by: actor,
        });
        return done();
      }
      case 'registerVisit': {
        const visitId = `visit-${command.id}`;
        put('visits', visitId, {
          visitId,
          kind: command.kind,
          name: command.name,
          phone: command.phone,
          plate: command.plate,
          visiting: command.visiting,
          arrivedAt: at,
          registeredBy: actor,
          leftAt: null,
          forgottenAt: null,
          state: 'inside',
        });
        write('v1.VisitorRegistered', 'visit', visitId, actor, { kind: command.kind, by: actor });
        return done({ visitId });
      }
      case 'visitorLeft': {
        const visit = store.visits.get(command.visitId);
        if (visit === undefined) return no('notFound');
        put('visits', command.visitId, { ...visit, state: 'left', leftAt: at });
        write('v1.VisitorLeft', 'visit', command.visitId, actor, { kind: visit.kind, by: actor });
        return done();
      }
      case 'forgetVisitor': {
        const visit = store.visits.get(command.visitId);
        if (visit === undefined) return no('notFound');
        put('visits', command.visitId, {
          ...visit,
          state: 'forgotten',
          name: null,
          phone: null,
          plate: null,
          visiting: '',
          forgottenAt: at,
        });
        return done();
      }
      case 'beginTakeover': {
        if (shift === undefined) return no('notFound');
        const openItems = [...store.incidents.values()]
          .filter(({ work }) => !['resolved', 'reviewed'].includes(work))
          .map(({ incidentId }) => `incident/${incidentId}`);
        const alarms = [...store.alarms.keys()].map((id) => `alarm/${id}`);
        put('shift', 'monitoringRoom', {
          ...shift,
          handover: { incoming: actor, startedAt: at, until: at + 8 * 3_600_000, openItems: [...openItems, ...alarms] },
        });
        write('v1.TakeoverBegun', 'shift', 'monitoringRoom', actor, { incoming: actor, openItems });
        return done({ openItems });
      }
      case 'acceptTakeover': {
        if (shift?.handover === undefined || shift.handover === null) return no('noHandover');
        const { handover } = shift;
        if (handover.openItems.some((item) => !command.seenItems.includes(item))) return no('itemsNotSeen');
        const shiftNumber = (shift.responsible?.shiftNumber ?? 0) + 1;
        put('shift', 'monitoringRoom', {
          ...shift,
          handover: null,
          responsible: { personId: actor, since: at, until: handover.until, shiftNumber },
        });
        write('v1.ShiftTakenOver', 'shift', 'monitoringRoom', actor, { responsible: actor, until: handover.until });
        return done();
      }
      case 'withdrawTakeover':
        if (shift === undefined) return no('notFound');
        put('shift', 'monitoringRoom', { ...shift, handover: null });
        return done();
      case 'setRosterEntry': {
        const entryId = command.entryId ?? `entry-${command.id}`;
        put('roster', entryId, { entryId, personId: command.personId, fromMs: command.fromMs, toMs: command.toMs });
        return done({ entryId });
      }
      case 'removeRosterEntry':
        put('roster', command.entryId, null);
        return done();
      case 'addNote':
        write('v1.NoteAdded', 'note', command.id, actor, { text: command.text });
        return done();
      case 'addManagerNote': {
        const key = String(command.seq).padStart(12, '0');
        const line = store.log.get(key);
        if (line === undefined) return no('notFound');
        put('log', key, { ...line, managerNotes: [...line.managerNotes, { at, by: actor, text: command.text }] });
        return done();
      }
      case 'addPerson': {
        const personId = command.personId ?? `person-${command.id}`;
        put('people', personId, { personId, name: command.name, role: command.role, active: command.active });
        return done({ personId });
      }
      case 'addContact': {
        const contactId = command.contactId ?? `contact-${command.id}`;
        put('contacts', contactId, { contactId, name: command.name, phone: command.phone, rank: command.rank });
        return done({ contactId });
      }
      case 'addCamera': {
        const cameraId = command.cameraId ?? `camera-${command.id}`;
        put('cameras', cameraId, {
          cameraId,
          number: store.cameras.get(cameraId)?.number ?? store.cameras.size + 1,
          name: command.name,
          place: command.place,
          onvifAddress: command.onvifAddress,
          mainUrl: command.mainUrl,
          subUrl: command.subUrl,
          username: command.username,
          hasPassword: command.password !== null,
          state: 'connecting',
          since: at,
          fault: null,
          lastLiveAt: null,
        });
        return done({ cameraId });
      }
      case 'addBarrier':
      case 'addHelpPoint':
      case 'silenceSiren':
      case 'establishCommunity':
        return done();
    }
  };

  const query: FakeCommunity['query'] = (asking) => {
    switch (asking.type) {
      case 'log': {
        const all = [...store.log.values()].toSorted((a, b) => b.seq - a.seq);
        const wanted = all.filter(
          (line) =>
            (asking.beforeSeq === null || line.seq < asking.beforeSeq) &&
            (asking.kinds === null || asking.kinds.includes(line.kind)) &&
            (asking.fromMs === null || line.at >= asking.fromMs) &&
            (asking.toMs === null || line.at <= asking.toMs) &&
            (asking.shiftNumber === null || line.shiftNumber === asking.shiftNumber),
        );
        return asJson({ entries: wanted.slice(0, asking.limit), more: wanted.length > asking.limit });
      }
      case 'verifyJournal':
        return { ok: true, lastSeq: lines, firstBadSeq: null, problem: null, verifiedAt: nowMs() };
      case 'discover':
        return {
          devices: [
            {
              address: 'http://127.0.0.1:9000/onvif/device_service',
              name: 'North gate',
              hardware: 'GR-CAM',
              location: 'gate',
            },
          ],
        };
      case 'describeDevice':
        return {
          manufacturer: 'Guardroom',
          model: 'GR-CAM',
          relayTokens: ['1'],
          profiles: [
            {
              token: 'main',
              name: 'main',
              encoding: 'H264',
              width: 1280,
              height: 720,
              streamUrl: 'rtsp://127.0.0.1:9554/1/main',
            },
            {
              token: 'sub',
              name: 'sub',
              encoding: 'H264',
              width: 640,
              height: 360,
              streamUrl: 'rtsp://127.0.0.1:9554/1/sub',
            },
          ],
        };
      case 'videoTicket':
        return null;
    }
  };

  return {
    get: (collection, key) => store[collection].get(key),
    put,
    rows: () =>
      collectionNames.flatMap((collection) =>
        [...store[collection]].map(([key, doc]) => ({ collection, key, doc: asJson(doc) })),
      ),
    run,
    query,
    press,
    armSeen,
    write,
  };
};
