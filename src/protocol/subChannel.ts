import type { Channel } from "./rpc";

/** One of several conversations over the same channel, told apart by name. */
export function subChannel(channel: Channel, name: string): Channel {
	return {
		post: (message) => channel.post({ channel: name, message }),
		listen: (receive) =>
			channel.listen((envelope) => {
				if (isEnvelope(envelope) && envelope.channel === name) receive(envelope.message);
			}),
	};
}

interface Envelope {
	readonly channel: string;
	readonly message: unknown;
}

function isEnvelope(value: unknown): value is Envelope {
	return typeof value === "object" && value !== null && "channel" in value && "message" in value;
}
