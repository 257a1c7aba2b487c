/** Looks at the database that DATABASE_URL names; the server's code is loaded for that alone. */
export async function checkDatabase(url: string): Promise<string | undefined> {
  const { databaseRefusal } = await import('@stratora/server');
  return databaseRefusal(url);
}
