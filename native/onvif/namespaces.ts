/** The XML namespaces that the ONVIF driver writes and accepts. */
export const ns = {
  soap12: 'http://www.w3.org/2003/05/soap-envelope',
  soap11: 'http://schemas.xmlsoap.org/soap/envelope/',
  wsa: 'http://www.w3.org/2005/08/addressing',
  wsa2004: 'http://schemas.xmlsoap.org/ws/2004/08/addressing',
  wsdd: 'http://schemas.xmlsoap.org/ws/2005/04/discovery',
  wsnt: 'http://docs.oasis-open.org/wsn/b-2',
  wsse: 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd',
  wsu: 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd',
  device: 'http://www.onvif.org/ver10/device/wsdl',
  deviceIo: 'http://www.onvif.org/ver10/deviceIO/wsdl',
  media: 'http://www.onvif.org/ver10/media/wsdl',
  media2: 'http://www.onvif.org/ver20/media/wsdl',
  events: 'http://www.onvif.org/ver10/events/wsdl',
  schema: 'http://www.onvif.org/ver10/schema',
  network: 'http://www.onvif.org/ver10/network/wsdl',
  topics: 'http://www.onvif.org/ver10/topics',
} as const;
