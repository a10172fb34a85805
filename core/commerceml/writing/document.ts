import type { SyncError } from '../../errors';
import type { XmlWriter } from '../xml/writer';

/** The role of a file in the exchange; its name is made of it. */
export type DocumentKind = 'import' | 'offers' | 'prices' | 'rests';

/** How a document of many objects is written. */
export interface CmlDocument<Item> {
	kind: DocumentKind;
	/** The document up to its objects. Throws when that cannot be written. */
	begin(writer: XmlWriter): void;
	/** Why an object cannot be written without damage; undefined when it can. */
	fault(item: Item): SyncError | undefined;
	item(writer: XmlWriter, item: Item): void;
	/** What follows the objects. */
	end(writer: XmlWriter): void;
	idOf(item: Item): string;
}

/** The outermost element of every document of CommerceML. */
export const ROOT = 'КоммерческаяИнформация';

/** The classic schema, which all sites read. */
const SCHEMA = '2.08';

/** Begins the document. `formed`: when it is made, as the clocks of the site show it, YYYY-MM-DDTHH:MM:SS. */
export const beginRoot = (writer: XmlWriter, formed: string): void => writer.begin(ROOT, { ВерсияСхемы: SCHEMA, ДатаФормирования: formed });

/** A list of goods or offers of which the store keeps everything that is not in it. There is no other way to begin one here. */
export const beginChanges = (writer: XmlWriter, name: string): void => writer.begin(name, { СодержитТолькоИзменения: 'true' });
