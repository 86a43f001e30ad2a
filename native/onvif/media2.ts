import { err, ok, type Result } from '../../electron/domain/kernel/result.ts';
import type { DeviceFault, OnvifTarget } from '../../electron/station/ports/devices.port.ts';
import { ns } from './namespaces.ts';
import type { SoapClient } from './soap.ts';
import { child, escapeXml, type XmlNode } from '../kit/xml.ts';

/** The calls of Media2 (ONVIF Media2 5.2.2 and 5.4.1), which node-onvif does not have: some devices tell their H.265 streams there only. */
export const createMedia2 = (soap: SoapClient, target: OnvifTarget, url: string) => {
  const call = (name: string, inner: string): Promise<Result<XmlNode, DeviceFault>> =>
    soap.call({
      target,
      url,
      action: `${ns.media2}/${name}`,
      body: `<q:${name} xmlns:q="${ns.media2}">${inner}</q:${name}>`,
      expect: { name: `${name}Response`, namespaces: [ns.media2] },
    });
  return {
    /** The response; each `Profiles` has its encoder under `Configurations`. */
    getProfiles: () => call('GetProfiles', '<q:Type>VideoEncoder</q:Type>'),
    /** The address as the device tells it. */
    getStreamUri: async (profile: string): Promise<Result<string, DeviceFault>> => {
      const token = `<q:ProfileToken>${escapeXml(profile)}</q:ProfileToken>`;
      const reply = await call('GetStreamUri', `<q:Protocol>RTSP</q:Protocol>${token}`);
      if (!reply.ok) return reply;
      const uri = child(reply.value, 'Uri')?.text;
      return uri === undefined ? err({ kind: 'malformed', detail: 'no stream address' }) : ok(uri);
    },
  };
};
