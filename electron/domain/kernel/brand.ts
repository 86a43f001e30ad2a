/** A value of type `Base` that only a decoder or a factory of its own may make. Costs nothing at run time. */
export type Brand<Base, Name extends string> = Base & { readonly __brand: Name };
