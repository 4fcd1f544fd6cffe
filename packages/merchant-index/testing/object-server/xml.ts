export interface ObjectEntry {
  readonly key: string;
  readonly bytes: number;
  readonly modified: Date;
}

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>';

/** The answer to ListObjectsV2, in one page. */
export function listingXml(prefix: string, entries: readonly ObjectEntry[], prefixes: readonly string[]): string {
  const contents = entries.map(
    ({ key, bytes, modified }) =>
      `<Contents><Key>${escaped(key)}</Key><Size>${bytes}</Size><LastModified>${modified.toISOString()}</LastModified><ETag>"${bytes}"</ETag></Contents>`,
  );
  const common = prefixes.map((each) => `<CommonPrefixes><Prefix>${escaped(each)}</Prefix></CommonPrefixes>`);
  return `${HEAD}<ListBucketResult><Prefix>${escaped(prefix)}</Prefix><KeyCount>${entries.length + prefixes.length}</KeyCount><IsTruncated>false</IsTruncated>${contents.join('')}${common.join('')}</ListBucketResult>`;
}

export const multipartXml = {
  started: (bucket: string, key: string, upload: string) =>
    `${HEAD}<InitiateMultipartUploadResult><Bucket>${escaped(bucket)}</Bucket><Key>${escaped(key)}</Key><UploadId>${upload}</UploadId></InitiateMultipartUploadResult>`,
  completed: () => `${HEAD}<CompleteMultipartUploadResult><ETag>"multipart"</ETag></CompleteMultipartUploadResult>`,
  deleted: (keys: readonly string[]) =>
    `${HEAD}<DeleteResult>${keys.map((key) => `<Deleted><Key>${escaped(key)}</Key></Deleted>`).join('')}</DeleteResult>`,
  missing: () => `${HEAD}<Error><Code>NoSuchKey</Code><Message>There is no such key.</Message></Error>`,
} as const;

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
