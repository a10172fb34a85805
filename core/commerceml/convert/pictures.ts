import type { Picture } from '../../model/catalog';
import type { Link } from '../../sync/link';
import { pictureName } from '../../sync/pictures';

/** Where 1C puts pictures. */
const FOLDER = 'import_files';

/**
 * Where a picture lies beside the file that names it. The path has the picture's id and changes with it: Bitrix tells pictures
 * apart by their paths alone (rule C6).
 */
export const picturePath = (picture: Picture): string => `${FOLDER}/${picture.id.slice(0, 2)}/${pictureName(picture)}`;

/** The pictures that have to be uploaded: all but those of which the link proves that they were imported as they are. */
export const picturesToUpload = (pictures: readonly Picture[], link: Pick<Link, 'pictures'> | undefined): Picture[] =>
	pictures.filter(({ id, updated }) => updated === '' || link?.pictures[id] !== updated);
