import type { XmlAttributes } from './attributes';
import { isBlank } from './characters';
import type { XmlElement } from './element';
import { USUAL_LIMITS, type XmlLimits } from './limits';
import type { XmlHandler } from './scanner';
import { XmlTreeBuilder } from './treeBuilder';

/** What happens with the elements of a document: taken as a whole, or walked through, with a route for each child that is known. */
export type XmlRoute = 'take' | { readonly [name: string]: XmlRoute };

/** Is told what is found along a route. `path` has the names of the elements that are walked through, the outermost first. */
export interface XmlRecordSink {
	/** An element that is walked through begins; it is the last of the path. */
	enter(path: readonly string[], attributes: XmlAttributes): void;
	record(element: XmlElement, path: readonly string[]): void;
	/** It ends. */
	leave(path: readonly string[]): void;
	/** An element that no route is known for. It is passed over. */
	unknown(name: string, path: readonly string[]): void;
	/** Text where only elements should be. */
	strayText(text: string, path: readonly string[]): void;
}

/**
 * Cuts a document of any size into records, which alone are kept in memory, one at a time. Elements of another namespace than the
 * outermost one's have it in braces in front of their names, so that no route knows them.
 */
export class XmlRecordHandler implements XmlHandler {
	private readonly path: string[] = [];
	private readonly routes: XmlRoute[];
	private readonly builder: XmlTreeBuilder;
	private namespace: string | undefined;
	/** Elements inside of one another that are being passed over. */
	private passing = 0;

	constructor(
		route: XmlRoute,
		private readonly sink: XmlRecordSink,
		limits: XmlLimits = USUAL_LIMITS,
	) {
		this.routes = [route];
		this.builder = new XmlTreeBuilder(limits);
	}

	open(name: string, namespace: string, attributes: XmlAttributes): void {
		this.namespace ??= namespace;
		const known = namespace === this.namespace ? name : `{${namespace}}${name}`;
		if (this.builder.isBuilding) this.builder.start(known, attributes);
		else if (this.passing > 0) this.passing += 1;
		else this.walk(known, attributes);
	}

	text(piece: string): void {
		if (this.builder.isBuilding) this.builder.text(piece);
		else if (this.passing === 0 && !isBlank(piece)) this.sink.strayText(piece, this.path);
	}

	close(): void {
		if (this.builder.isBuilding) {
			const element = this.builder.close();
			if (element) this.sink.record(element, this.path);
		} else if (this.passing > 0) this.passing -= 1;
		else {
			this.sink.leave(this.path);
			this.path.pop();
			this.routes.pop();
		}
	}

	private walk(name: string, attributes: XmlAttributes): void {
		const current = this.routes.at(-1);
		const route = typeof current !== 'object' ? current : Object.hasOwn(current, name) ? current[name] : undefined;
		if (route === undefined) {
			this.passing = 1;
			this.sink.unknown(name, this.path);
		} else if (route === 'take') this.builder.start(name, attributes);
		else {
			this.path.push(name);
			this.routes.push(route);
			this.sink.enter(this.path, attributes);
		}
	}
}
