import { createServer, type AddressInfo, type Socket } from 'node:net';

export interface MailSink {
	port: number;
	/** Whole mails as they came, with their headers. */
	mails: string[];
	/** Whether mails are refused from now on. */
	refuses: boolean;
	close(): Promise<void>;
}

/** A mail server that takes mail for anybody and delivers none, for tests (RFC 5321, without TLS and login). */
export async function startMailSink(): Promise<MailSink> {
	const sockets = new Set<Socket>();
	const server = createServer((socket) => {
		sockets.add(socket.on('error', () => undefined).on('close', () => sockets.delete(socket)));
		let [text, mail]: [string, string | undefined] = ['', undefined];
		const say = (line: string): void => void socket.write(`${line}\r\n`);
		const hear = (line: string): void => {
			if (mail !== undefined) {
				if (line !== '.') mail += `${line.replace(/^\.\./, '.')}\n`;
				else {
					sink.mails.push(mail);
					mail = undefined;
					say('250 taken');
				}
				return;
			}
			const command = line.slice(0, 4).toUpperCase();
			if (command === 'DATA') {
				mail = '';
				say('354 go on');
			} else if (command === 'QUIT') socket.end('221 bye\r\n');
			else say(command === 'MAIL' && sink.refuses ? '550 refused' : '250 well');
		};
		say('220 sink');
		socket.on('data', (data) => {
			text += data.toString('utf8');
			for (let end = text.indexOf('\r\n'); end >= 0; end = text.indexOf('\r\n')) {
				const line = text.slice(0, end);
				text = text.slice(end + 2);
				hear(line);
			}
		});
	});
	const sink: MailSink = {
		port: 0,
		mails: [],
		refuses: false,
		close: async () => {
			for (const socket of sockets) socket.destroy();
			await new Promise((resolve) => server.close(resolve));
		},
	};
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	sink.port = (server.address() as AddressInfo).port;
	return sink;
}
