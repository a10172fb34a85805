import { waitFor } from './waiting.cts';

const WITHIN_MS = 30_000;

/** A person who fills in an n8n form in a browser, page by page. */
export class FormVisitor {
	private constructor(
		private address: string,
		private readonly headers: Record<string, string>,
		/** The HTML of the page that is open. */
		readonly page: string,
	) {}

	/** Opens a form. @param login of its Basic Auth */
	static async open(address: string, login?: { user: string; password: string }): Promise<FormVisitor> {
		const headers = login ? { authorization: `Basic ${Buffer.from(`${login.user}:${login.password}`).toString('base64')}` } : {};
		return new FormVisitor(address, headers as Record<string, string>, await shown(address, headers as Record<string, string>));
	}

	/** Sends the page with what was entered, by the numbers of its fields (the first is 0), and opens the next page. */
	async submit(answers: Record<number, string>): Promise<FormVisitor> {
		const body = new FormData();
		for (const [place, value] of Object.entries(answers)) body.append(`field-${place}`, value);
		const response = await fetch(this.address, { method: 'POST', body, headers: this.headers });
		const text = await response.text();
		if (!response.ok) throw new Error(`The form answered ${response.status}: ${text.slice(0, 500)}`);
		const next = (JSON.parse(text || '{}') as { formWaitingUrl?: string }).formWaitingUrl ?? this.address;
		const before = this.page;
		const page = await waitFor('The next page of the form', WITHIN_MS, async () => {
			const html = await shown(next, this.headers).catch(() => undefined);
			return html === undefined || html === before ? undefined : html;
		});
		return new FormVisitor(next, this.headers, page);
	}
}

async function shown(address: string, headers: Record<string, string>): Promise<string> {
	const response = await fetch(address, { headers });
	if (!response.ok) throw new Error(`The form answered ${response.status}`);
	return await response.text();
}
