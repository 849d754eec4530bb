/** Where a data set's files come from: a folder on disk, addresses to fetch, files a person picked. */
export interface DataSource {
  /** What a person calls it. */
  readonly name: string;
  /** Names of the files, without folders. */
  files(): readonly string[];
  /** Throws where the file cannot be read. */
  read(name: string): Promise<ArrayBuffer>;
}
