interface Live {
	revision: number;
	things?: Array<{ key: string; list: string; before?: string; html: string }>;
	gone?: string[];
	/** The lines of the last changes. */
	log?: string;
}

/** What a browser asks a page for. */
export class PageClient {
	constructor(private readonly url: string) {}

	async get(place = '', headers: Record<string, string> = {}): Promise<Response> {
		return await fetch(`${this.url}/demo${place}`, { headers, redirect: 'manual' });
	}

	async text(query = ''): Promise<string> {
		return await (await this.get(query)).text();
	}

	async live(since: number): Promise<Live> {
		return (await (await this.get(`/live?since=${since}&lang=en`)).json()) as Live;
	}

	/** The revision that a page has that is opened now. */
	async revision(): Promise<number> {
		return Number(/data-revision="(\d+)"/.exec(await this.text())?.[1]);
	}

	/** Sends a form, as a script does (JSON) or as a browser without scripts. */
	async act(name: string, entered: Record<string, string>, headers: Record<string, string> = { accept: 'application/json' }): Promise<Response> {
		return await fetch(`${this.url}/demo/do/${name}?lang=en`, { method: 'POST', headers, body: new URLSearchParams(entered), redirect: 'manual' });
	}

	/** The same; throws what was refused. */
	async must(name: string, entered: Record<string, string>): Promise<void> {
		const answer = await this.act(name, entered);
		if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
	}
}
