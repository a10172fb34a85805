import { waitFor } from './waiting.cts';

const WITHIN_MS = 30_000;

/** What n8n says of an execution after which no page comes any more. */
const ENDED = ['success', 'error', 'crashed', 'canceled', 'null'];

/** A person who fills in an n8n form in a browser, page by page. */
export class FormVisitor {
	private constructor(
		private readonly address: string,
		private readonly headers: Record<string, string>,
		/** The HTML of the page that is open. */
		readonly page: string,
	) {}

	/** Opens a form. @param login of its Basic Auth */
	static async open(address: string, login?: { user: string; password: string }): Promise<FormVisitor> {
		const headers: Record<string, string> = login ? { authorization: `Basic ${Buffer.from(`${login.user}:${login.password}`).toString('base64')}` } : {};
		return new FormVisitor(address, headers, await answerOf(address, { headers }));
	}

	/** Sends the page with what was entered, by the numbers of its fields (the first is 0), and opens the next page. */
	async submit(answers: Record<number, string>): Promise<FormVisitor> {
		const body = new FormData();
		for (const [place, value] of Object.entries(answers)) body.append(`field-${place}`, value);
		const answer = await answerOf(this.address, { method: 'POST', body, headers: this.headers });
		const next = (JSON.parse(answer || '{}') as { formWaitingUrl?: string }).formWaitingUrl ?? this.address;
		const page = await this.pageAfter(next);
		if (isEnding(page)) await answerOf(next, { method: 'POST' });
		return new FormVisitor(next, {}, page);
	}

	/** Asks how the execution stands before it opens the page, as the form's own script does: n8n never answers a page of an execution that runs. */
	private async pageAfter(next: string): Promise<string> {
		const status = new URL(next);
		status.pathname += '/n8n-execution-status';
		return await waitFor('The next page of the form', WITHIN_MS, async () => {
			const word = (await answerOf(status.href)).trim();
			if (ENDED.includes(word)) throw new Error(`The execution of the form ended without a page: ${word}`);
			const page = word === 'form-waiting' ? await answerOf(next) : this.page;
			return page === this.page ? undefined : page;
		});
	}
}

/** The script of an ending page sends an empty form as soon as it is shown: the execution waits for it. */
const isEnding = (page: string): boolean => !page.includes("id='n8n-form'");

async function answerOf(address: string, request: RequestInit = {}): Promise<string> {
	const response = await fetch(address, { ...request, signal: AbortSignal.timeout(WITHIN_MS) });
	const text = await response.text();
	if (!response.ok) throw new Error(`The form answered ${response.status}: ${text.slice(0, 500)}`);
	return text;
}
