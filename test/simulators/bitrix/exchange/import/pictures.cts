import type { ElementRow, PropertyValue } from '../../catalog/rows.cts';
import { child, childrenOf, requisitesOf, textOf, type XmlNode } from '../xml/node.cts';
import { md5 } from './checksum.cts';
import type { Scene } from './scene.cts';

type Pictures = Partial<ElementRow> & Pick<ElementRow, 'properties'>;

/**
 * The pictures and files after an import. The first `Картинка` is the detail picture, the others are MORE_PHOTO, as a
 * set. Without any `Картинка` nothing changes. A path that was not uploaded keeps the file that came from the same path;
 * otherwise the picture is removed.
 */
export function importPictures(scene: Scene, node: XmlNode, element: ElementRow): Pictures {
	const files = replaceFiles(scene, 'CML2_FILES', filePaths(node), element.properties);
	const pictures = childrenOf(node, 'Картинка').map(({ value }) => value);
	const [first] = pictures;
	const preview = previewPath(node);
	const separate = preview === undefined ? {} : { previewPicture: takeFile(scene, preview, [element.previewPicture]) };
	if (first === undefined) return { properties: files, ...separate };
	return {
		properties: replaceFiles(scene, 'CML2_PICTURES', pictures.slice(1), files),
		...mainPictures(scene, first, element),
		...separate,
	};
}

function mainPictures(scene: Scene, path: string, { detailPicture, previewPicture }: ElementRow): Partial<ElementRow> {
	const detail = takeFile(scene, path, [detailPicture]);
	if (!scene.site.settings.generatePreview) return { detailPicture: detail };
	return { detailPicture: detail, previewPicture: takeFile(scene, path, [previewPicture]) };
}

/** The file of an uploaded path, or of those at hand the one that came from that path. Null when there is neither. */
function takeFile({ site, portal, folder }: Scene, path: string, atHand: ReadonlyArray<number | null>): number | null {
	if (path === '') return null;
	const bytes = site.goodsFiles.read(`${folder}${path}`);
	if (!bytes) return atHand.find((id) => id !== null && site.pictureCodes.get(id) === md5(path)) ?? null;
	const file = portal.store.files.add(path.slice(path.lastIndexOf('/') + 1), bytes, portal.now());
	site.pictureCodes.set(file.id, md5(path));
	return file.id;
}

function replaceFiles(
	scene: Scene,
	code: 'CML2_PICTURES' | 'CML2_FILES',
	paths: readonly string[] | undefined,
	properties: ElementRow['properties'],
): ElementRow['properties'] {
	const property = scene.properties.get(code);
	if (!paths || !property) return properties;
	const before = properties[property.id] ?? [];
	const atHand = before.map(({ value }) => Number(value));
	const ids = paths.flatMap((path) => takeFile(scene, path, atHand) ?? []);
	const { [property.id]: _replaced, ...others } = properties;
	return ids.length > 0 ? { ...others, [property.id]: ids.map((id) => valueOf(scene, id, before)) } : others;
}

const valueOf = ({ portal }: Scene, file: number, before: readonly PropertyValue[]): PropertyValue =>
	before.find(({ value }) => value === file) ?? { valueId: portal.store.nextValueId(), value: file };

/** `Файл` elements, and requisites `Файл` and `ОписаниеФайла` (`path#text`). Undefined when there is none of them. */
function filePaths(node: XmlNode): string[] | undefined {
	const elements = childrenOf(node, 'Файл').map(({ value }) => value);
	const requisites = requisitesOf(node).flatMap(({ name, value }) => {
		if (name === 'Файл') return [value];
		return name === 'ОписаниеФайла' ? [value.split('#')[0] ?? ''] : [];
	});
	const paths = [...elements, ...requisites];
	return paths.length > 0 ? [...new Set(paths)] : undefined;
}

const previewPath = (node: XmlNode): string | undefined => {
	const entries = childrenOf(child(node, 'ЗначенияСвойств'), 'ЗначенияСвойства');
	const entry = entries.find((candidate) => textOf(candidate, 'Ид') === 'CML2_PREVIEW_PICTURE');
	return entry && (textOf(entry, 'Значение') ?? '');
};
