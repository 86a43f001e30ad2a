import type { Result } from '../../electron/domain/kernel/result.ts';
import { parseXml, type Scope, type XmlFault, type XmlNode } from '../kit/xml.ts';
import { ns } from './namespaces.ts';

/** What some devices write without declaring it. */
const usual: Scope = new Map([
  ['wsa', ns.wsa],
  ['wsa5', ns.wsa],
  ['wsnt', ns.wsnt],
  ['tt', ns.schema],
  ['tds', ns.device],
  ['trt', ns.media],
  ['tr2', ns.media2],
  ['tev', ns.events],
  ['tmd', ns.deviceIo],
  ['tns1', ns.topics],
]);

/** A document of an ONVIF device (`kit/xml.ts`), whose usual prefixes count as declared. */
export const parseOnvifXml = (text: string): Result<XmlNode, XmlFault> => parseXml(text, usual);
