import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { type IClientOptions, MqttClient } from 'mqtt';
import { connectOptions, type MqttAddress } from './mqttAddress.ts';
import { createSplit, type SplitPorts } from './mqttSplit.ts';

/**
 * The client, which begins to connect at once.
 * @param onPlain told of each message at QoS 0; the client hears all others
 * @throws when the address makes no sense
 */
export function openClient(address: MqttAddress, onPlain: SplitPorts['onPlain']): MqttClient {
  const options = connectOptions(address);
  return new MqttClient(() => openStream(options, onPlain), options);
}

/** The library pipes it into its parser; what goes there is only what is left once the messages at QoS 0 were taken out. */
function openStream(options: IClientOptions, onPlain: SplitPorts['onPlain']): Socket {
  const { protocol, host = 'localhost', port = 1883, ca } = options;
  const socket =
    protocol === 'mqtts'
      ? connectTls({
          host,
          port,
          rejectUnauthorized: true,
          ...(ca === undefined ? {} : { ca }),
          ...(isIP(host) === 0 ? { servername: host } : {}),
        })
      : connectPlain({ host, port });
  socket.pipe = (library) => {
    const split = createSplit({
      onPlain,
      pass: (bytes, dealtWith) => void library.write(bytes, dealtWith as never),
      pause: () => void socket.pause(),
      resume: () => void socket.resume(),
    });
    socket.on('data', split.take);
    return library;
  };
  return socket;
}
