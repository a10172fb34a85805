/** One part of a mail: a text, or a file that came along. */
export interface MailPart {
	type: string;
	/** Empty where it is no file. */
	file: string;
	text: string;
}

/** The parts of a mail as its reader sees them (RFC 2045, 2046), in their order. */
export function mailParts(mail: string): MailPart[] {
	const end = mail.indexOf('\n\n');
	const head = mail.slice(0, end).replace(/\n[ \t]+/g, ' ');
	const body = mail.slice(end + 2);
	const header = (name: string): string => new RegExp(`^${name}: *(.*)$`, 'im').exec(head)?.[1] ?? '';
	const type = header('Content-Type');
	const boundary = /boundary="?([^";]+)"?/.exec(type)?.[1];
	// What stands before the first boundary and behind the last one is nothing to read.
	if (boundary !== undefined) return body.split(`--${boundary}`).slice(1, -1).flatMap((part) => mailParts(part.replace(/^\n/, '')));
	const file = /filename="?([^";]+)"?/.exec(header('Content-Disposition'))?.[1] ?? '';
	return [{ type: type.split(';')[0] ?? '', file, text: decoded(body, header('Content-Transfer-Encoding').toLowerCase()) }];
}

function decoded(body: string, encoding: string): string {
	if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
	if (encoding !== 'quoted-printable') return body;
	const bytes = body.replace(/=\n/g, '').replace(/=([0-9A-F]{2})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
	return Buffer.from(bytes, 'latin1').toString('utf8');
}
