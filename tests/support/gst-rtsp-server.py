"""Serves test pictures with gst-rtsp-server, an RTSP server that is not ours, for the intake's conformance test.

Usage: gst-rtsp-server.py h264|h265 [none|basic|digest] ; prints one line `port N`, ends when its standard input closes.
The account is `guard` with the password `p@ss:word`.
"""
import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402

codec = sys.argv[1]
access = sys.argv[2] if len(sys.argv) > 2 else "none"
Gst.init(None)

encoder = {
    "h264": "x264enc tune=zerolatency speed-preset=ultrafast key-int-max=15 ! video/x-h264,profile=baseline ! rtph264pay name=pay0 pt=105 config-interval=0",
    "h265": "x265enc tune=zerolatency speed-preset=ultrafast key-int-max=15 log-level=none ! h265parse ! rtph265pay name=pay0 pt=97 config-interval=0",
}[codec]
plugin = {"h264": "x264enc", "h265": "x265enc"}[codec]
if Gst.ElementFactory.find(plugin) is None:
    print(f"missing {plugin}", flush=True)
    sys.exit(3)

server = GstRtspServer.RTSPServer()
server.set_address("127.0.0.1")
server.set_service("0")
factory = GstRtspServer.RTSPMediaFactory()
factory.set_launch(f"( videotestsrc is-live=true pattern=ball ! video/x-raw,width=320,height=184,framerate=15/1 ! {encoder} )")
factory.set_shared(True)

if access != "none":
    auth = GstRtspServer.RTSPAuth()
    token = GstRtspServer.RTSPToken()
    token.set_string("media.factory.role", "user")
    if access == "basic":
        auth.set_supported_methods(GstRtsp.RTSPAuthMethod.BASIC)
        auth.add_basic(GstRtspServer.RTSPAuth.make_basic("guard", "p@ss:word"), token)
    else:
        auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
        auth.add_digest("guard", "p@ss:word", token)
    server.set_auth(auth)
    permissions = GstRtspServer.RTSPPermissions()
    permissions.add_permission_for_role("user", "media.factory.access", True)
    permissions.add_permission_for_role("user", "media.factory.construct", True)
    factory.set_permissions(permissions)

server.get_mount_points().add_factory("/estate", factory)
server.attach(None)
print(f"port {server.get_bound_port()}", flush=True)
loop = GLib.MainLoop()


def on_input(_channel, _condition):
    loop.quit()
    return False


GLib.io_add_watch(GLib.IOChannel.unix_new(0), GLib.PRIORITY_DEFAULT, GLib.IOCondition.HUP, on_input)
loop.run()
