// No script may put anything on Object.prototype. A plain freeze would also forbid every object to have its own
// `toString` or `constructor` by assignment, which honest libraries do; so these become accessors first, whose setter
// defines the property on the object it was assigned to.
(() => {
  const shared = Object.prototype;
  for (const name of ["constructor", "toString", "toLocaleString", "valueOf"]) {
    const original = shared[name];
    Object.defineProperty(shared, name, {
      get() {
        return original;
      },
      set(value) {
        if (this === shared) throw new TypeError("Object.prototype is frozen");
        Object.defineProperty(this, name, { value, writable: true, enumerable: true, configurable: true });
      },
      enumerable: false,
      configurable: false,
    });
  }
  Object.freeze(shared);
})();
