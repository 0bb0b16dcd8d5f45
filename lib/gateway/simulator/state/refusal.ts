/** A control call or a button that cannot be obeyed: an HTTP status and a sentence for the person who asked. */
export class Refusal extends Error {
  readonly status: number;

  constructor(status: number, sentence: string) {
    super(sentence);
    this.name = "Refusal";
    this.status = status;
  }
}
