const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';

interface Scope {
	depth: number;
	bindings: ReadonlyMap<string, string>;
}

/** Which prefix stands for which namespace, element by element; the prefix of names without one is ''. */
export class Namespaces {
	private readonly scopes: Scope[] = [{ depth: 0, bindings: new Map([['', ''], ['xml', XML_NAMESPACE]]) }];

	/** Namespace of names without a prefix; '' = none. */
	usual = '';

	/** The namespace of a prefix here; undefined when nobody declared it. */
	of(prefix: string): string | undefined {
		for (let index = this.scopes.length - 1; index >= 0; index -= 1) {
			const namespace = this.scopes[index]?.bindings.get(prefix);
			if (namespace !== undefined) return namespace;
		}
		return undefined;
	}

	/** What an element at that depth declares: namespaces by their prefixes. */
	enter(depth: number, bindings: ReadonlyMap<string, string>): void {
		this.scopes.push({ depth, bindings });
		this.usual = this.of('') ?? '';
	}

	/** To be called at the end of each element. */
	leave(depth: number): void {
		if (this.scopes.at(-1)?.depth !== depth || this.scopes.length === 1) return;
		this.scopes.pop();
		this.usual = this.of('') ?? '';
	}
}
