/** The Device and Media services of one simulated camera (ONVIF Profile S). */
import { type Operation, invalid, ns, notSupported, service } from './soap.ts';
import { child, escape, textAt } from './xml.ts';

export interface DeviceFacts {
  readonly host: string;
  readonly rtspPort: () => number;
  /** Device name, put into the scopes. */
  readonly name: string;
  readonly serial: string;
  readonly uuid: string;
  readonly relays: number;
  readonly inputs: number;
}

/** Paths of the two RTSP streams. */
export const streamPaths = { main: '/Streaming/Channels/101', sub: '/Streaming/Channels/102' } as const;

export const videoSource = 'VideoSource_1';
export const videoSourceConfiguration = 'VideoSourceConfig_1';

const profiles = [
  {
    token: 'Profile_main',
    encoder: 'Encoder_main',
    name: 'mainStream',
    path: streamPaths.main,
    width: 1280,
    height: 720,
    kilobits: 1024,
  },
  {
    token: 'Profile_sub',
    encoder: 'Encoder_sub',
    name: 'subStream',
    path: streamPaths.sub,
    width: 640,
    height: 360,
    kilobits: 384,
  },
] as const;

type Profile = (typeof profiles)[number];

export const scopesOf = (facts: DeviceFacts): string[] => [
  'onvif://www.onvif.org/type/video_encoder',
  'onvif://www.onvif.org/Profile/Streaming',
  `onvif://www.onvif.org/name/${encodeURIComponent(facts.name)}`,
  'onvif://www.onvif.org/hardware/GR-Demo-Camera',
  'onvif://www.onvif.org/location/country/china',
];

const moment = (tag: string, at: Date): string =>
  `<tt:${tag}><tt:Time><tt:Hour>${at.getUTCHours()}</tt:Hour><tt:Minute>${at.getUTCMinutes()}</tt:Minute><tt:Second>${at.getUTCSeconds()}</tt:Second></tt:Time><tt:Date><tt:Year>${at.getUTCFullYear()}</tt:Year><tt:Month>${at.getUTCMonth() + 1}</tt:Month><tt:Day>${at.getUTCDate()}</tt:Day></tt:Date></tt:${tag}>`;

/** Services by namespace, with the path each is served at. */
const paths = [
  [ns.tds, '/onvif/device_service', 2, 40],
  [ns.trt, '/onvif/media_service', 2, 40],
  [ns.tev, '/onvif/event_service', 2, 40],
  [ns.tmd, '/onvif/deviceio_service', 2, 40],
] as const;

const encoderOf = (p: Profile): string =>
  `<tt:Name>${p.encoder}</tt:Name><tt:UseCount>1</tt:UseCount><tt:Encoding>H264</tt:Encoding><tt:Resolution><tt:Width>${p.width}</tt:Width><tt:Height>${p.height}</tt:Height></tt:Resolution><tt:Quality>4</tt:Quality>` +
  `<tt:RateControl><tt:FrameRateLimit>15</tt:FrameRateLimit><tt:EncodingInterval>1</tt:EncodingInterval><tt:BitrateLimit>${p.kilobits}</tt:BitrateLimit></tt:RateControl>` +
  `<tt:H264><tt:GovLength>30</tt:GovLength><tt:H264Profile>Main</tt:H264Profile></tt:H264>` +
  `<tt:Multicast><tt:Address><tt:Type>IPv4</tt:Type><tt:IPv4Address>0.0.0.0</tt:IPv4Address></tt:Address><tt:Port>0</tt:Port><tt:TTL>1</tt:TTL><tt:AutoStart>false</tt:AutoStart></tt:Multicast><tt:SessionTimeout>PT60S</tt:SessionTimeout>`;

const sourceConfiguration = `<tt:Name>${videoSourceConfiguration}</tt:Name><tt:UseCount>2</tt:UseCount><tt:SourceToken>${videoSource}</tt:SourceToken><tt:Bounds x="0" y="0" width="1280" height="720"/>`;

const profileOf = (tag: string, p: Profile): string =>
  `<${tag} token="${p.token}" fixed="true"><tt:Name>${p.name}</tt:Name><tt:VideoSourceConfiguration token="${videoSourceConfiguration}">${sourceConfiguration}</tt:VideoSourceConfiguration>` +
  `<tt:VideoEncoderConfiguration token="${p.encoder}">${encoderOf(p)}</tt:VideoEncoderConfiguration></${tag}>`;

const uri = (tag: string, value: string): string =>
  `<trt:${tag}><trt:MediaUri><tt:Uri>${escape(value)}</tt:Uri><tt:InvalidAfterConnect>false</tt:InvalidAfterConnect><tt:InvalidAfterReboot>false</tt:InvalidAfterReboot><tt:Timeout>PT0S</tt:Timeout></trt:MediaUri></trt:${tag}>`;

/** Operations that need no credentials (ONVIF Core section 5.12.1, access class PRE_AUTH). */
export const openToAll = new Set(
  ['GetSystemDateAndTime', 'GetServices', 'GetServiceCapabilities', 'GetCapabilities', 'GetWsdlUrl', 'GetHostname'].map(
    (name) => `{${ns.tds}}${name}`,
  ),
);

export const deviceOperations = (facts: DeviceFacts): ReadonlyMap<string, Operation> => {
  const list = (tag: string, each: (p: Profile) => string): { body: string } => ({
    body: `<trt:${tag}>${profiles.map(each).join('')}</trt:${tag}>`,
  });
  const noProfile = { fault: invalid('ter:NoProfile', 'The requested profile token does not exist') };
  const profileNamed = (token: string): Profile | undefined => profiles.find((p) => p.token === token);
  return new Map([
    ...service(ns.tds, {
      GetSystemDateAndTime: () => {
        const now = new Date();
        return {
          body: `<tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime><tt:DateTimeType>NTP</tt:DateTimeType><tt:DaylightSavings>false</tt:DaylightSavings><tt:TimeZone><tt:TZ>CST-8</tt:TZ></tt:TimeZone>${moment('UTCDateTime', now)}${moment('LocalDateTime', new Date(now.getTime() + 8 * 3_600_000))}</tds:SystemDateAndTime></tds:GetSystemDateAndTimeResponse>`,
        };
      },
      GetDeviceInformation: () => ({
        body: `<tds:GetDeviceInformationResponse><tds:Manufacturer>Guardroom Demo</tds:Manufacturer><tds:Model>GR-Demo-Camera</tds:Model><tds:FirmwareVersion>1.0.0</tds:FirmwareVersion><tds:SerialNumber>${facts.serial}</tds:SerialNumber><tds:HardwareId>simulated</tds:HardwareId></tds:GetDeviceInformationResponse>`,
      }),
      GetHostname: () => ({
        body: `<tds:GetHostnameResponse><tds:HostnameInformation><tt:FromDHCP>false</tt:FromDHCP><tt:Name>${facts.serial}</tt:Name></tds:HostnameInformation></tds:GetHostnameResponse>`,
      }),
      GetScopes: () => ({
        body: `<tds:GetScopesResponse>${scopesOf(facts)
          .map(
            (scope) =>
              `<tds:Scopes><tt:ScopeDef>Fixed</tt:ScopeDef><tt:ScopeItem>${escape(scope)}</tt:ScopeItem></tds:Scopes>`,
          )
          .join('')}</tds:GetScopesResponse>`,
      }),
      GetServices: (_, { base }) => ({
        body: `<tds:GetServicesResponse>${paths.map(([space, path, major, minor]) => `<tds:Service><tds:Namespace>${space}</tds:Namespace><tds:XAddr>${base}${path}</tds:XAddr><tds:Version><tt:Major>${major}</tt:Major><tt:Minor>${minor}</tt:Minor></tds:Version></tds:Service>`).join('')}</tds:GetServicesResponse>`,
      }),
      GetServiceCapabilities: () => ({
        body: '<tds:GetServiceCapabilitiesResponse><tds:Capabilities><tds:Network IPFilter="false" ZeroConfiguration="false" IPVersion6="false" DynDNS="false"/><tds:Security UsernameToken="true" HttpDigest="true" TLS1.0="false" TLS1.1="false" TLS1.2="false"/><tds:System DiscoveryResolve="true" DiscoveryBye="false" RemoteDiscovery="false"/></tds:Capabilities></tds:GetServiceCapabilitiesResponse>',
      }),
      GetCapabilities: (_, { base }) => ({
        body:
          `<tds:GetCapabilitiesResponse><tds:Capabilities><tt:Device><tt:XAddr>${base}/onvif/device_service</tt:XAddr>` +
          `<tt:IO><tt:InputConnectors>${facts.inputs}</tt:InputConnectors><tt:RelayOutputs>${facts.relays}</tt:RelayOutputs></tt:IO></tt:Device>` +
          `<tt:Events><tt:XAddr>${base}/onvif/event_service</tt:XAddr><tt:WSSubscriptionPolicySupport>false</tt:WSSubscriptionPolicySupport><tt:WSPullPointSupport>true</tt:WSPullPointSupport><tt:WSPausableSubscriptionManagerInterfaceSupport>false</tt:WSPausableSubscriptionManagerInterfaceSupport></tt:Events>` +
          `<tt:Media><tt:XAddr>${base}/onvif/media_service</tt:XAddr><tt:StreamingCapabilities><tt:RTPMulticast>false</tt:RTPMulticast><tt:RTP_TCP>false</tt:RTP_TCP><tt:RTP_RTSP_TCP>true</tt:RTP_RTSP_TCP></tt:StreamingCapabilities></tt:Media>` +
          `<tt:Extension><tt:DeviceIO><tt:XAddr>${base}/onvif/deviceio_service</tt:XAddr><tt:VideoSources>1</tt:VideoSources><tt:VideoOutputs>0</tt:VideoOutputs><tt:AudioSources>0</tt:AudioSources><tt:AudioOutputs>0</tt:AudioOutputs><tt:RelayOutputs>${facts.relays}</tt:RelayOutputs></tt:DeviceIO></tt:Extension></tds:Capabilities></tds:GetCapabilitiesResponse>`,
      }),
      GetNetworkDefaultGateway: () => ({
        body: '<tds:GetNetworkDefaultGatewayResponse><tds:NetworkGateway/></tds:GetNetworkDefaultGatewayResponse>',
      }),
      GetDNS: () => ({
        body: '<tds:GetDNSResponse><tds:DNSInformation><tt:FromDHCP>false</tt:FromDHCP></tds:DNSInformation></tds:GetDNSResponse>',
      }),
      GetNTP: () => ({
        body: '<tds:GetNTPResponse><tds:NTPInformation><tt:FromDHCP>false</tt:FromDHCP></tds:NTPInformation></tds:GetNTPResponse>',
      }),
      GetNetworkInterfaces: () => ({
        body: `<tds:GetNetworkInterfacesResponse><tds:NetworkInterfaces token="eth0"><tt:Enabled>true</tt:Enabled><tt:Info><tt:Name>eth0</tt:Name><tt:HwAddress>02:00:00:00:${facts.uuid.slice(-4, -2)}:${facts.uuid.slice(-2)}</tt:HwAddress><tt:MTU>1500</tt:MTU></tt:Info><tt:IPv4><tt:Enabled>true</tt:Enabled><tt:Config><tt:Manual><tt:Address>${facts.host}</tt:Address><tt:PrefixLength>24</tt:PrefixLength></tt:Manual><tt:DHCP>false</tt:DHCP></tt:Config></tt:IPv4></tds:NetworkInterfaces></tds:GetNetworkInterfacesResponse>`,
      }),
    }),
    ...service(ns.trt, {
      GetProfiles: () => list('GetProfilesResponse', (p) => profileOf('trt:Profiles', p)),
      GetProfile: (request) => {
        const profile = profileNamed(textAt(request, 'ProfileToken'));
        return profile
          ? { body: `<trt:GetProfileResponse>${profileOf('trt:Profile', profile)}</trt:GetProfileResponse>` }
          : noProfile;
      },
      GetStreamUri: (request, { base }) => {
        const profile = profileNamed(textAt(request, 'ProfileToken'));
        if (!profile) return noProfile;
        const setup = child(request, 'StreamSetup');
        if (textAt(setup, 'Stream') === 'RTP-Multicast')
          return { fault: invalid('ter:InvalidStreamSetup', 'Only unicast is supported') };
        // RTP over UDP is named as well: clients ask with it, and the RTSP server then answers 461, as TCP-only devices do.
        return {
          body: uri('GetStreamUriResponse', `rtsp://${new URL(base).hostname}:${facts.rtspPort()}${profile.path}`),
        };
      },
      GetSnapshotUri: (request, { base }) =>
        profileNamed(textAt(request, 'ProfileToken'))
          ? { body: uri('GetSnapshotUriResponse', `${base}/snapshot.jpg`) }
          : noProfile,
      GetVideoSources: () => ({
        body: `<trt:GetVideoSourcesResponse><trt:VideoSources token="${videoSource}"><tt:Framerate>15</tt:Framerate><tt:Resolution><tt:Width>1280</tt:Width><tt:Height>720</tt:Height></tt:Resolution></trt:VideoSources></trt:GetVideoSourcesResponse>`,
      }),
      GetVideoSourceConfigurations: () => ({
        body: `<trt:GetVideoSourceConfigurationsResponse><trt:Configurations token="${videoSourceConfiguration}">${sourceConfiguration}</trt:Configurations></trt:GetVideoSourceConfigurationsResponse>`,
      }),
      GetVideoEncoderConfigurations: () =>
        list(
          'GetVideoEncoderConfigurationsResponse',
          (p) => `<trt:Configurations token="${p.encoder}">${encoderOf(p)}</trt:Configurations>`,
        ),
      GetVideoEncoderConfiguration: (request) => {
        const found = profiles.find((p) => p.encoder === textAt(request, 'ConfigurationToken'));
        return found
          ? {
              body: `<trt:GetVideoEncoderConfigurationResponse><trt:Configuration token="${found.encoder}">${encoderOf(found)}</trt:Configuration></trt:GetVideoEncoderConfigurationResponse>`,
            }
          : { fault: invalid('ter:NoConfig', 'The requested configuration does not exist') };
      },
      GetVideoEncoderConfigurationOptions: () => ({
        body:
          '<trt:GetVideoEncoderConfigurationOptionsResponse><trt:Options><tt:QualityRange><tt:Min>4</tt:Min><tt:Max>4</tt:Max></tt:QualityRange><tt:H264>' +
          profiles
            .map(
              (p) =>
                `<tt:ResolutionsAvailable><tt:Width>${p.width}</tt:Width><tt:Height>${p.height}</tt:Height></tt:ResolutionsAvailable>`,
            )
            .join('') +
          '<tt:GovLengthRange><tt:Min>30</tt:Min><tt:Max>30</tt:Max></tt:GovLengthRange><tt:FrameRateRange><tt:Min>15</tt:Min><tt:Max>15</tt:Max></tt:FrameRateRange><tt:EncodingIntervalRange><tt:Min>1</tt:Min><tt:Max>1</tt:Max></tt:EncodingIntervalRange><tt:H264ProfilesSupported>Main</tt:H264ProfilesSupported></tt:H264></trt:Options></trt:GetVideoEncoderConfigurationOptionsResponse>',
      }),
      SetVideoEncoderConfiguration: () => ({ fault: notSupported }),
      GetServiceCapabilities: () => ({
        body: '<trt:GetServiceCapabilitiesResponse><trt:Capabilities SnapshotUri="true" Rotation="false"><trt:ProfileCapabilities MaximumNumberOfProfiles="2"/><trt:StreamingCapabilities RTPMulticast="false" RTP_TCP="false" RTP_RTSP_TCP="true" NonAggregateControl="false"/></trt:Capabilities></trt:GetServiceCapabilitiesResponse>',
      }),
    }),
  ]);
};
