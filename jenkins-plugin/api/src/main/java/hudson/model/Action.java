package hudson.model;

/** Something that is attached to a model object and shown with it. */
public interface Action extends ModelObject {
    String getIconFileName();

    @Override
    String getDisplayName();

    String getUrlName();
}
