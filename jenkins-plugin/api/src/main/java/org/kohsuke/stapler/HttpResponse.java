package org.kohsuke.stapler;

/** Something that a web method may answer with. */
public interface HttpResponse {}
