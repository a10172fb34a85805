import { describeFields, type FieldTable } from '../fields/fieldTable.cts';
import { readSelect } from '../fields/list.cts';
import { externalize } from '../fields/values.cts';
import { idOf, mapOf, ok, type Method, type MethodCall } from '../methods/method.cts';
import type { Portal } from '../portal.cts';
import { isImageName, publicPath, type FileRow } from '../store/files.cts';
import { asInteger, asList, asText, type Params } from '../wire/params.cts';
import { plainError, RestError } from '../wire/restError.cts';
import { ITEM_TYPE, type ElementRow, type PropertyRow } from './rows.cts';

const FIELDS: FieldTable = {
	id: { type: 'integer', readOnly: true },
	name: { type: 'string', readOnly: true },
	productId: { type: 'integer', required: 'add' },
	type: { type: 'string' },
	createTime: { type: 'datetime', readOnly: true },
	downloadUrl: { type: 'string', readOnly: true },
	detailUrl: { type: 'string', readOnly: true },
};

const MORE_PHOTO = 'MORE_PHOTO';
const MAIN_PICTURES = { DETAIL_PICTURE: 'detailPicture', PREVIEW_PICTURE: 'previewPicture' } as const;
type MainPicture = keyof typeof MAIN_PICTURES;

interface Image {
	file: FileRow;
	type: MainPicture | typeof MORE_PHOTO;
}

const notFound = (): RestError => plainError('Image does not exist');

/** Pictures: the detail and the preview picture are replaced, others are appended. There is no update. */
export const imageMethods: Method[] = [
	{
		name: 'catalog.productImage.getFields',
		scope: 'catalog',
		right: 'any',
		run: () => ok({ productImage: describeFields(FIELDS) }),
	},
	{
		name: 'catalog.productImage.list',
		scope: 'catalog',
		right: 'catalog.read',
		parameters: { productId: 'integer' },
		run: list,
	},
	{
		name: 'catalog.productImage.get',
		scope: 'catalog',
		right: 'catalog.read',
		parameters: { id: 'integer', productId: 'integer' },
		run: get,
	},
	{
		name: 'catalog.productImage.add',
		scope: 'catalog',
		right: 'catalog.write',
		parameters: { fields: 'map', fileContent: 'list' },
		run: add,
	},
	{
		name: 'catalog.productImage.delete',
		scope: 'catalog',
		right: 'catalog.write',
		parameters: { id: 'integer', productId: 'integer' },
		run: remove,
	},
];

function list(call: MethodCall): ReturnType<Method['run']> {
	const element = productOf(call.portal, call.params.productId);
	const images = imagesOf(call.portal, element);
	return {
		result: { productImages: images.map((image) => show(call, element, image, call.params.select)) },
		total: images.length,
	};
}

function get(call: MethodCall): ReturnType<Method['run']> {
	const element = productOf(call.portal, call.params.productId);
	return ok({ productImage: show(call, element, imageOf(call, element)) });
}

function add(call: MethodCall): ReturnType<Method['run']> {
	const { portal, params } = call;
	const { productId, type } = mapOf(params, 'fields');
	const element = productOf(portal, productId);
	const fileContent = asList(params.fileContent) ?? [];
	if (!isImageName(asText(fileContent[0]))) throw plainError('The file is not an image');
	const kind = asText(type) || MORE_PHOTO;
	const property = isMain(kind) ? undefined : morePhotoOf(portal, element);
	const file = portal.store.files.save(fileContent, portal.now());
	if (!file) throw plainError('Could not save image.');
	if (isMain(kind)) portal.store.elements.update(element.id, { [MAIN_PICTURES[kind]]: file.id, timestampX: portal.now() });
	else if (property) append(portal, element, property, file);
	portal.announce('product', 'update', element.id);
	return ok({ productImage: show(call, element, { file, type: isMain(kind) ? kind : MORE_PHOTO }) });
}

function remove(call: MethodCall): ReturnType<Method['run']> {
	const { portal, params } = call;
	const element = productOf(portal, params.productId);
	const { file, type } = imageOf(call, element);
	if (type === MORE_PHOTO) detach(portal, element, file.id);
	else portal.store.elements.update(element.id, { [MAIN_PICTURES[type]]: null, timestampX: portal.now() });
	portal.store.files.remove(file.id);
	portal.announce('product', 'update', element.id);
	return ok(true);
}

/** An older core looks for a variation here, and finds no SKU parents. */
function productOf(portal: Portal, productId: unknown): ElementRow {
	const element = portal.store.elements.get(asInteger(productId));
	const isParent = element?.type === ITEM_TYPE.skuParent || element?.type === ITEM_TYPE.emptySkuParent;
	if (!element || (isParent && portal.switches.oldCore)) throw plainError('Product was not found');
	return element;
}

const isMain = (type: string): type is MainPicture => Object.hasOwn(MAIN_PICTURES, type);

function morePhotoOf(portal: Portal, { iblockId }: ElementRow): PropertyRow {
	const property = portal.store.properties
		.where('iblockId', iblockId)
		.find(({ code, propertyType }) => code === MORE_PHOTO && propertyType === 'F');
	if (!property) throw plainError('Image product property does not exists. Create MORE_PHOTO property');
	return property;
}

function append(portal: Portal, element: ElementRow, { id }: PropertyRow, file: FileRow): void {
	const value = { valueId: portal.store.nextValueId(), value: file.id };
	const properties = { ...element.properties, [id]: [...(element.properties[id] ?? []), value] };
	portal.store.elements.update(element.id, { properties, timestampX: portal.now() });
}

function detach(portal: Portal, element: ElementRow, fileId: number): void {
	const { id } = morePhotoOf(portal, element);
	const properties = { ...element.properties, [id]: (element.properties[id] ?? []).filter(({ value }) => value !== fileId) };
	portal.store.elements.update(element.id, { properties, timestampX: portal.now() });
}

function imagesOf(portal: Portal, element: ElementRow): Image[] {
	const { files, properties } = portal.store;
	const photos = properties.where('iblockId', element.iblockId).find(({ code }) => code === MORE_PHOTO);
	const held = [
		...(Object.keys(MAIN_PICTURES) as MainPicture[]).map((type) => ({ type, id: element[MAIN_PICTURES[type]] })),
		...(photos ? (element.properties[photos.id] ?? []) : []).map(
			({ value }) => ({ type: MORE_PHOTO, id: Number(value) }) as const,
		),
	];
	return held.flatMap(({ type, id }) => {
		const file = id === null ? undefined : files.get(id);
		return file ? [{ type, file }] : [];
	});
}

function imageOf({ portal, params }: MethodCall, element: ElementRow): Image {
	const image = imagesOf(portal, element).find(({ file }) => file.id === idOf(params));
	if (!image) throw notFound();
	return image;
}

function show({ portal, caller }: MethodCall, element: ElementRow, { file, type }: Image, select?: unknown): Params {
	const { access } = caller;
	const download = 'path' in access ? `${access.path}/download/?token=` : `download/?auth=${access.token}&token=`;
	const row = {
		id: file.id,
		name: file.name,
		productId: element.id,
		type,
		createTime: file.created,
		downloadUrl: `${portal.url}/rest/${download}${portal.downloadToken(file.id)}`,
		detailUrl: publicPath(file),
	};
	return externalize(FIELDS, row, readSelect(select, FIELDS));
}
