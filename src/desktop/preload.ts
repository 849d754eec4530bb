/**
 * Runs in the sandbox beside each page. The editor gets a small bridge to main; the trainer gets nothing but its end
 * of the channel.
 */

import { contextBridge, type IpcRendererEvent, ipcRenderer, webUtils } from 'electron';
import {
  type Bridge,
  CHANNELS,
  EDITOR_PATH,
  type Failure,
  ORIGIN,
  type PortMessage,
} from './contract.ts';

const PLATFORMS: Readonly<Record<string, Bridge['platform']>> = { darwin: 'mac', win32: 'windows' };

const notSent: Failure = {
  ok: false,
  code: 'bad-request',
  message: 'A request to the app could not be sent.',
};

const bridge: Bridge = {
  platform: PLATFORMS[process.platform] ?? 'linux',
  request: async (name, payload) => {
    try {
      return await ipcRenderer.invoke(CHANNELS.request, name, payload);
    } catch {
      // Main answers every request with an outcome; it can only be that the message itself did not get through.
      return notSent;
    }
  },
  drop: async (files) => {
    try {
      // Chromium knows a path only of files that a person chose or dropped: a page cannot make one up.
      const paths = [...files].map((file) => webUtils.getPathForFile(file));
      return await ipcRenderer.invoke(
        CHANNELS.drop,
        paths.filter((path) => path !== ''),
      );
    } catch {
      return notSent;
    }
  },
  onEvent: (listener) => {
    const forward = (_event: IpcRendererEvent, message: Parameters<typeof listener>[0]) =>
      listener(message);
    ipcRenderer.on(CHANNELS.event, forward);
    return () => ipcRenderer.off(CHANNELS.event, forward);
  },
};

// A MessagePort does not cross the context bridge; a message to the window carries it.
ipcRenderer.on(CHANNELS.port, (event, message: PortMessage) => {
  window.postMessage(message, ORIGIN, event.ports);
});

if (location.pathname === EDITOR_PATH) contextBridge.exposeInMainWorld('gradwire', bridge);
