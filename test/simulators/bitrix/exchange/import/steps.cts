import { failure, progress as goesOn, success, TEXTS } from '../answers.cts';
import type { ExchangeSite } from '../site.cts';
import { cleanElements, cleanSections } from './cleanUp.cts';
import { importDirectories } from './directories.cts';
import { importElements } from './elements.cts';
import { MetadataError, readMetadata } from './metadata.cts';
import type { CatalogProgress } from './progress.cts';
import { importSections } from './sections.cts';

/** What a call of `mode=import` did. */
export interface StepResult {
	next: CatalogProgress;
	answer: string;
}

interface Step {
	name: string;
	run(site: ExchangeSite, progress: CatalogProgress, path: string): StepResult;
}

const on = (progress: CatalogProgress): CatalogProgress => ({ ...progress, step: progress.step + 1, position: 0 });

/** A step that needs the table, and is done in one call. */
const simple = (name: string, text: string, work?: (site: ExchangeSite, progress: CatalogProgress) => void): Step => ({
	name,
	run: (site, progress) => {
		work?.(site, progress);
		return { next: on(progress), answer: goesOn(text) };
	},
});

/** Of an import that has no groups, and whose elements are those of directories. */
const stepOfDirectories: Step = {
	name: 'elements',
	run: (site, progress) => ({
		next: on(progress),
		answer: goesOn(`Обработано элементов: ${importDirectories(site)}.`),
	}),
};

/** One a call; each file takes at least as many calls as there are steps. Steps behind `read` no longer look at the file. */
export const CATALOG_STEPS: readonly Step[] = [
	{
		name: 'prepare',
		run: (site, progress) => {
			const wasThere = site.table.exists;
			site.table.drop();
			return { next: on(progress), answer: goesOn(wasThere ? '' : 'Временные таблицы удалены.') };
		},
	},
	{ name: 'read', run: readFile },
	simple('index', 'Временные таблицы проиндексированы.'),
	{
		name: 'metadata',
		run: (site, progress) => ({
			next: { ...on(progress), package: readMetadata(site) },
			answer: goesOn('Метаданные импортированы успешно.'),
		}),
	},
	simple('sections', 'Группы импортированы.', importSections),
	simple('section clean-up', 'Группы обработаны.', cleanSections),
	{ name: 'elements', run: stepOfElements },
	simple('elements done', 'Загрузка элементов завершена.'),
	{ name: 'element clean-up', run: stepOfCleaning },
	{
		name: 'finish',
		run: (site, progress) => {
			if (progress.package) site.blockImports.set(progress.package.iblockId, site.portal.now());
			return { next: { ...progress, step: 0, position: 0, package: null }, answer: success('Импорт успешно завершен.') };
		},
	},
];

/** The same for directories. */
export const DIRECTORY_STEPS: readonly Step[] = CATALOG_STEPS.map((step) =>
	step.name === 'elements' ? stepOfDirectories : step,
);

/** Unpacks the archive, or does the next step. A step that fails is done again by the next call. */
export function importStep(
	site: ExchangeSite,
	progress: CatalogProgress,
	path: string,
	steps: readonly Step[] = CATALOG_STEPS,
): StepResult {
	if (progress.zip && progress.zipFile !== null) return unpack(site, progress, progress.zipFile);
	const step = steps[progress.step];
	if (!step) throw new RangeError(`An import has no step ${progress.step}`);
	if (progress.step > 1 && !site.table.exists) return { next: progress, answer: failure(TEXTS.noTable) };
	try {
		const result = step.run(site, progress, path);
		site.stepDone(step.name);
		return result;
	} catch (error) {
		if (error instanceof MetadataError) return { next: progress, answer: failure(TEXTS.metadata(error.message)) };
		throw error;
	}
}

/** Once it is unpacked, plain files are taken until the next `init`. */
function unpack(site: ExchangeSite, progress: CatalogProgress, zipFile: string): StepResult {
	if (!site.goodsFiles.unpack(zipFile)) return { next: progress, answer: failure(TEXTS.unzip) };
	site.stepDone('unzip');
	return { next: { ...progress, zip: false, zipFile: null }, answer: goesOn('Распаковка архива завершена.') };
}

function readFile(site: ExchangeSite, progress: CatalogProgress, path: string): StepResult {
	const bytes = site.goodsFiles.read(path);
	if (!bytes) return { next: progress, answer: failure(TEXTS.open(path)) };
	site.table.read(bytes);
	return { next: on(progress), answer: goesOn('Файл импорта прочитан.') };
}

/** A portion. What fails in it is told once, and the next call goes on behind it. */
function stepOfElements(site: ExchangeSite, progress: CatalogProgress, path: string): StepResult {
	const { done, position, error, count } = importElements(site, progress, path);
	const next = done ? on(progress) : { ...progress, position };
	return { next, answer: error === undefined ? goesOn(`Обработано элементов: ${count}.`) : failure(error) };
}

function stepOfCleaning(site: ExchangeSite, progress: CatalogProgress): StepResult {
	const { done, count } = cleanElements(site, progress);
	return { next: done ? on(progress) : progress, answer: goesOn(`Обработано элементов: ${count}.`) };
}
