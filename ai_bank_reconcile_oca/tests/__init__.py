from . import test_community_formats, test_widget
