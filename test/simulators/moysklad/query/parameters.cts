import { refusal } from '../errors.cts';

/** The decoded parameters of a URL; a parameter may come several times. */
export class Parameters {
	private constructor(private readonly entries: ReadonlyArray<readonly [string, string]>) {}

	/** Throws 1058 when something cannot be decoded. */
	static parse(query: string): Parameters {
		const entries = query
			.split('&')
			.filter((part) => part !== '')
			.map((part) => {
				const at = part.indexOf('=');
				return at < 0
					? ([decode(part), ''] as const)
					: ([decode(part.slice(0, at)), decode(part.slice(at + 1))] as const);
			});
		return new Parameters(entries);
	}

	get(name: string): string | undefined {
		return this.entries.find(([key]) => key === name)?.[1];
	}

	all(name: string): string[] {
		return this.entries.filter(([key]) => key === name).map(([, value]) => value);
	}

	/** Several `filter` parameters count as one. */
	filter(): string {
		return this.all('filter').join(';');
	}

	flag(name: string): boolean {
		return this.get(name) === 'true';
	}

	/** A new query with some parameters replaced or added, encoded. */
	with(replaced: Record<string, string | number>): string {
		const kept = this.entries.filter(([key]) => !(key in replaced));
		return [...kept, ...Object.entries(replaced)]
			.map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`)
			.join('&');
	}
}

function decode(text: string): string {
	try {
		return decodeURIComponent(text.replace(/\+/g, ' '));
	} catch {
		throw refusal(1058);
	}
}
