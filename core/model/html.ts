const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text as it may stand between tags and in quoted attributes. */
export const htmlText = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);

/** A complete page that needs no other file and no script, so that it can be sent by e-mail. `body` is HTML, `title` is text. */
export const htmlPage = (title: string, width: number, body: readonly string[]): string =>
	[
		`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${htmlText(title)}</title></head>`,
		`<body style="font-family:sans-serif;font-size:14px;max-width:${width}px;margin:24px auto;padding:0 12px">`,
		...body,
		'</body></html>',
	].join('\n');
