/** Without a file of its own the bundler finds that of the folder above: the bare app ran the desk's clerk too. */
export function register(): void {}
