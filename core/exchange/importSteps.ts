/** Kinds of answers that can come before the file is read: what is said when an archive is unpacked, when the table is prepared and while the file is read. */
const KINDS_WHILE_READING = 3;
/** An archive may be unpacked in one or two kinds of answers more. */
const KINDS_OF_UNPACKING = 2;

/**
 * How far the import of one file is, as its answers tell without their words being understood: texts that differ only in numbers
 * are one kind, and each step has a kind of its own. It matters for one thing: a request that died while the file was being read
 * has left rows in the table, and would double them if it were made again; all later steps can be repeated. So does the
 * component `catalog.import.1c` of sites (module catalog 25). Where the answers do not tell, the file counts as not read yet.
 */
export class ImportSteps {
	private readonly kinds: string[] = [];
	private readonly reading: number;
	/** Index of the present step's kind; -1 = not known. */
	private present = -1;
	/** An answer was lost: the step it would have told may have been the last, and the import begin again. */
	private uncertain = false;

	constructor(archive: boolean) {
		this.reading = KINDS_WHILE_READING + (archive ? KINDS_OF_UNPACKING : 0);
	}

	/** Takes in the text of an answer `progress`. */
	advance(text: string): void {
		const kind = text.replace(/\d+/g, '#');
		const known = this.kinds.indexOf(kind);
		if (known >= 0) {
			this.present = known;
			this.uncertain = false;
		} else if (this.uncertain) {
			this.present = -1;
		} else {
			this.present = this.kinds.push(kind) - 1;
		}
	}

	/** Takes in that an answer was lost. */
	lost(): void {
		this.uncertain = true;
	}

	/** The file is read for sure: a step that died may be repeated. */
	get isRead(): boolean {
		return this.present >= this.reading;
	}
}
