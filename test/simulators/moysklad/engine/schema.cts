import type { Session } from '../session.cts';
import type { Action } from '../users.cts';
import type { Operator } from '../query/filterGrammar.cts';

/** Anything that is kept: an entity, a document, a position. Never changed in place; a new row replaces it. */
export type Row = Readonly<Record<string, unknown>> & { readonly id: string; readonly type: string };

/** A row that is being made or changed. */
export type Draft = Record<string, unknown> & { id: string; type: string };

export type Json = Record<string, unknown>;

/** A kept reference to another row. */
export interface Ref {
	readonly type: string;
	readonly id: string;
}

/** Where a value is read: for error texts and for rules that look at the rest. */
export interface Place {
	session: Session;
	resource: Resource;
	field: string;
	/** The stored value before this write. */
	before: unknown;
}

/** Where a value is shown. */
export interface Show {
	session: Session;
	row: Row;
	field: string;
	/** What to expand below this field. */
	expand: ExpandTree | undefined;
}

/** `expand=agent,positions.assortment` → `{agent: {}, positions: {assortment: {}}}` */
export interface ExpandTree {
	[field: string]: ExpandTree;
}

export type Comparable = string | number | boolean;

/** How a field takes part in `filter`. */
export interface FilterRule {
	operators: ReadonlySet<Operator>;
	/** Reads the right side of a condition; throws 1014, 1035 or 1041. */
	literal(text: string, name: string, session: Session): Comparable;
	/** What is compared: none when empty, several for arrays. */
	values(row: Row, session: Session): Comparable[];
	/** How a row passes when the filter is not given at all. */
	unless?: (row: Row) => boolean;
	/** May be given only once (1030). */
	once?: boolean;
}

/** A kind of value: how it is read from JSON, kept, shown and compared. */
export interface Kind {
	/** As error texts name it. */
	label: string;
	/** Reads a value that is neither null nor absent. Throws ApiError. */
	parse(value: unknown, place: Place): unknown;
	/** The JSON of a kept value; undefined = the field is left out. */
	show(stored: unknown, show: Show): unknown;
	/** How the kept value is compared in filters; none = the field cannot be filtered. */
	filter?: Pick<FilterRule, 'operators' | 'literal'> & { comparable(stored: unknown): Comparable | Comparable[] };
	/** Types that `expand` may open. */
	targets?: readonly string[];
	/** null does not clear it. */
	ignoresNull?: boolean;
}

export interface Field {
	kind: Kind;
	required?: boolean;
	readOnly?: boolean;
	sort?: boolean;
	noFilter?: boolean;
	/** Shown only on demand (`fields=`). */
	onDemand?: boolean;
	/** The value of a new row. */
	initial?(session: Session): unknown;
	/** Reckoned whenever it is read; such a field is read-only. */
	reckon?(row: Row, session: Session, parent: Row | undefined): unknown;
}

export interface Collection {
	resource: Resource;
	/** What an array in a PUT does: all others go, or the others stay. */
	onUpdate: 'replace' | 'merge';
	max?: number;
	/** One of them at least, when the parent is made. */
	required?: boolean;
	/** No URL of its own rows. */
	inlineOnly?: boolean;
}

export interface Resource {
	/** The word in URLs and in `meta.type`. */
	type: string;
	fields: Record<string, Field>;
	collections?: Record<string, Collection>;
	/** Other names of fields in bodies. */
	aliases?: Record<string, string>;
	/** Whose attribute definitions apply; the `attributes` field exists then. */
	attributesOf?: string;
	/** Whose metadata `metadataHref` names; default its own. */
	metadataOf?: string;
	/** Page of the UI for `uuidHref`. */
	page?: string;
	/** The id in `uuidHref` differs from the API's id. */
	foreignPageId?: boolean;
	document?: boolean;
	states?: boolean;
	search?: { fields: readonly string[]; substring?: boolean };
	filters?: Record<string, FilterRule>;
	/** A filter on `id` switches the filter on `archived` off. */
	idBeatsArchived?: boolean;
	/** Operations that do not exist for it. */
	without?: ReadonlyArray<'create' | 'update' | 'delete'>;
	/** Rows that came with the account: 1024, 1025. */
	predefined?(row: Row): boolean;
	/** Whose rights count; default its type. */
	rights?: string;
	/** Rights beyond those of the type; throws. */
	guard?(action: Action, session: Session): void;
	/** Derives and checks what a field alone cannot; throws ApiError. */
	prepare?(draft: Draft, before: Row | undefined, session: Session, given: ReadonlySet<string>): void;
	/** After a row was kept (or removed: `row` undefined): stock, links, follow-ups. */
	settled?(row: Row | undefined, before: Row | undefined, session: Session): void;
	/** Throws when the row may not be removed. */
	removable?(row: Row, session: Session): void;
	/** Columns of `meta` beside href, type, mediaType. */
	decorate?(json: Json, row: Row, show: Omit<Show, 'field'>): void;
}

export const isObject = (value: unknown): value is Json =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

export const asRef = (value: unknown): Ref | undefined => (isObject(value) ? (value as unknown as Ref) : undefined);

export const rowsOf = (row: Row | Draft, collection: string): Row[] => (row[collection] as Row[] | undefined) ?? [];

/** The value of a field: kept, or reckoned now. */
export const valueOf = (row: Row, name: string, field: Field, session: Session, parent?: Row): unknown =>
	field.reckon ? field.reckon(row, session, parent) : row[name];
